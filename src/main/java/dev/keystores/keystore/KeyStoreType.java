package dev.keystores.keystore;

/** {@code CustomKeyStoreType} in AWS's spelling. */
public enum KeyStoreType {
    AWS_CLOUDHSM,
    EXTERNAL_KEY_STORE
}
