package dev.keystores.sandbox.kms.call;

import dev.keystores.sandbox.external.Trouble;
import dev.keystores.sandbox.kms.model.ConnectionErrorCode;
import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.wire.ServiceError;

/** What KMS makes of what went wrong at a proxy (XKS Proxy API, KMS considerations; KMS Developer Guide, xks-troubleshooting). */
public final class ProxyTrouble {

    private ProxyTrouble() {}

    public static ConnectionErrorCode atConnect(Trouble trouble) {
        return switch (trouble) {
            case NOT_REACHABLE, THROTTLING -> ConnectionErrorCode.XKS_PROXY_NOT_REACHABLE;
            case TLS_FAILED -> ConnectionErrorCode.XKS_PROXY_INVALID_TLS_CONFIGURATION;
            case TIMED_OUT, DEPENDENCY_TIMEOUT -> ConnectionErrorCode.XKS_PROXY_TIMED_OUT;
            case AUTHENTICATION_FAILED -> ConnectionErrorCode.INVALID_CREDENTIALS;
            case ACCESS_DENIED -> ConnectionErrorCode.XKS_PROXY_ACCESS_DENIED;
            case INVALID_URI_PATH -> ConnectionErrorCode.XKS_PROXY_INVALID_CONFIGURATION;
            case INVALID_RESPONSE,
                    VALIDATION,
                    INTERNAL,
                    INVALID_STATE,
                    INVALID_CIPHERTEXT,
                    INVALID_KEY_USAGE,
                    KEY_NOT_FOUND,
                    UNSUPPORTED_OPERATION -> ConnectionErrorCode.XKS_PROXY_INVALID_RESPONSE;
        };
    }

    /** An update too. Of a proxy that denies access the texts say nothing here: it isn't set up for KMS. */
    public static ServiceError atCreate(Trouble trouble) {
        return switch (trouble) {
            case NOT_REACHABLE, TLS_FAILED, TIMED_OUT, DEPENDENCY_TIMEOUT, THROTTLING -> Refusals.proxyUnreachable();
            case AUTHENTICATION_FAILED -> Refusals.proxyCredentialIncorrect();
            case INVALID_URI_PATH, ACCESS_DENIED -> Refusals.proxyConfigurationInvalid();
            case INVALID_RESPONSE,
                    VALIDATION,
                    INTERNAL,
                    INVALID_STATE,
                    INVALID_CIPHERTEXT,
                    INVALID_KEY_USAGE,
                    KEY_NOT_FOUND,
                    UNSUPPORTED_OPERATION -> Refusals.proxyResponseInvalid();
        };
    }

    /** The guide and the specification differ on a denied access; this is the guide's. */
    public static ServiceError atCreateKey(Trouble trouble, KeyStore store) {
        return switch (trouble) {
            case KEY_NOT_FOUND -> KeyRefusals.xksKeyNotFound();
            case INVALID_STATE, INVALID_KEY_USAGE -> KeyRefusals.xksKeyInvalid();
            case NOT_REACHABLE,
                    TLS_FAILED,
                    TIMED_OUT,
                    DEPENDENCY_TIMEOUT,
                    THROTTLING,
                    AUTHENTICATION_FAILED,
                    INVALID_URI_PATH,
                    ACCESS_DENIED,
                    INVALID_RESPONSE,
                    VALIDATION,
                    INTERNAL,
                    INVALID_CIPHERTEXT,
                    UNSUPPORTED_OPERATION -> KeyRefusals.storeUnusable(store);
        };
    }

    public static ServiceError atUse(Trouble trouble, String keyArn) {
        return trouble == Trouble.INVALID_CIPHERTEXT
                ? KeyRefusals.invalidCiphertext()
                : KeyRefusals.storeFailed(keyArn);
    }
}
