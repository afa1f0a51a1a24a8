package dev.keystores.sandbox.kms.model;

import dev.keystores.sandbox.wire.ServiceError;

/** KMS's refusals of calls with keys. The names are AWS's (KMS API Reference), the texts ours. */
public final class KeyRefusals {

    private KeyRefusals() {}

    public static ServiceError keyNotFound() {
        return refusal("NotFoundException", "There is no such key in this account and Region.");
    }

    public static ServiceError unavailable(String arn) {
        return refusal("KMSInvalidStateException", arn + " is unavailable.");
    }

    public static ServiceError pendingDeletion(String arn) {
        return refusal("KMSInvalidStateException", arn + " is pending deletion.");
    }

    public static ServiceError notPendingDeletion(String arn) {
        return refusal("KMSInvalidStateException", arn + " is not pending deletion.");
    }

    public static ServiceError disabled(String arn) {
        return refusal("DisabledException", arn + " is disabled.");
    }

    /** Whatever it was that the key store didn't do; KMS's callers aren't told. */
    public static ServiceError storeFailed(String arn) {
        return refusal("KMSInvalidStateException", "The custom key store of " + arn + " could not do it.");
    }

    public static ServiceError invalidCiphertext() {
        return refusal(
                "InvalidCiphertextException", "The ciphertext, or its encryption context, is not the one it was.");
    }

    public static ServiceError incorrectKey() {
        return refusal("IncorrectKeyException", "The ciphertext was made by another key.");
    }

    public static ServiceError invalidKeyUsage() {
        return refusal("InvalidKeyUsageException", "A key in a custom key store knows SYMMETRIC_DEFAULT only.");
    }

    public static ServiceError dryRun() {
        return refusal("DryRunOperationException", "The request would have succeeded, but DryRun is set.");
    }

    public static ServiceError malformedPolicy() {
        return refusal("MalformedPolicyDocumentException", "The key policy is not a JSON object.");
    }

    public static ServiceError tags() {
        return refusal("TagException", "A key has at most 50 tags, each tag key once, and none that begins with aws:.");
    }

    public static ServiceError invalidArn() {
        return refusal("InvalidArnException", "The ARN is not one of a KMS key.");
    }

    public static ServiceError unsupported(String what) {
        return refusal("UnsupportedOperationException", what);
    }

    public static ServiceError storeUnusable(KeyStore store) {
        return refusal(
                "CustomKeyStoreInvalidStateException",
                "Custom key store %s is connected, but its proxy does not serve KMS.".formatted(store.id()));
    }

    public static ServiceError xksKeyInUse() {
        return refusal("XksKeyAlreadyInUseException", "Another KMS key of this key store has this external key.");
    }

    public static ServiceError xksKeyNotFound() {
        return refusal("XksKeyNotFoundException", "The external key store has no such key.");
    }

    public static ServiceError xksKeyInvalid() {
        return refusal(
                "XksKeyInvalidConfigurationException",
                "The external key must be AES_256, enabled, and good for ENCRYPT and DECRYPT.");
    }

    private static ServiceError refusal(String type, String message) {
        return ServiceError.client(type, message);
    }
}
