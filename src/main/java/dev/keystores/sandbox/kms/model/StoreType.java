package dev.keystores.sandbox.kms.model;

/** {@code CustomKeyStoreType} in AWS's spelling. */
public enum StoreType {
    AWS_CLOUDHSM,
    EXTERNAL_KEY_STORE
}
