package dev.keystores.sandbox.external;

import static dev.keystores.sandbox.external.Api.DECRYPT;
import static dev.keystores.sandbox.external.Api.ENCRYPT;
import static dev.keystores.sandbox.external.Api.GET_KEY_METADATA;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What can go wrong between KMS and a proxy. */
public enum Trouble {
    /** No such host, no connection to it, or one that ended without an answer. */
    NOT_REACHABLE,
    /** Whatever keeps the two from a TLS session: protocol, certificate, name, CA, a peer that hangs up. */
    TLS_FAILED,
    /** Connected, but the handshake or the answer took too long, twice. */
    TIMED_OUT,
    /** An answer that isn't one the XKS Proxy API knows. */
    INVALID_RESPONSE,

    // The rest is the table of errors of the XKS Proxy API. It exempts GetHealthStatus from two that proxies send
    // anyway:
    // XKS_PROXY_ACCESS_DENIED is a code of connects, and those make no other call.
    VALIDATION("ValidationException", EnumSet.allOf(Api.class)),
    INVALID_STATE("InvalidStateException", EnumSet.allOf(Api.class)),
    INVALID_CIPHERTEXT("InvalidCiphertextException", EnumSet.of(DECRYPT)),
    INVALID_KEY_USAGE("InvalidKeyUsageException", EnumSet.of(ENCRYPT, DECRYPT)),
    AUTHENTICATION_FAILED("AuthenticationFailedException", EnumSet.allOf(Api.class)),
    ACCESS_DENIED("AccessDeniedException", EnumSet.allOf(Api.class)),
    KEY_NOT_FOUND("KeyNotFoundException", EnumSet.of(GET_KEY_METADATA, ENCRYPT, DECRYPT)),
    INVALID_URI_PATH("InvalidUriPathException", EnumSet.allOf(Api.class)),
    THROTTLING("ThrottlingException", EnumSet.allOf(Api.class)),
    INTERNAL("InternalException", EnumSet.allOf(Api.class)),
    UNSUPPORTED_OPERATION("UnsupportedOperationException", EnumSet.allOf(Api.class)),
    DEPENDENCY_TIMEOUT("DependencyTimeoutException", EnumSet.allOf(Api.class));

    private final String errorName;
    private final Set<Api> apis;

    /** Nothing the proxy says. */
    Trouble() {
        this("", EnumSet.noneOf(Api.class));
    }

    Trouble(String errorName, Set<Api> apis) {
        this.errorName = errorName;
        this.apis = apis;
    }

    /** Empty for a name that this call can't end with. */
    static Optional<Trouble> named(String errorName, Api api) {
        return Arrays.stream(values())
                .filter(trouble -> trouble.errorName.equals(errorName) && trouble.apis.contains(api))
                .findFirst();
    }
}
