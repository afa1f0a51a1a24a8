package dev.keystores.keystore;

/**
 * A {@code CustomKeyStoreId}: 1 to 64 characters, in practice {@code cks-} and 17 hexadecimal digits (KMS API Reference).
 */
public record KeyStoreId(String value) {

    private static final int LONGEST = 64;

    public KeyStoreId {
        if (value.isBlank() || value.length() > LONGEST) {
            throw new IllegalArgumentException("a key store id has 1 to 64 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
