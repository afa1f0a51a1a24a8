package dev.keystores.sandbox.xks;

/**
 * @param aad additional authenticated data
 * @param integrityWanted whether the answer must contain a ciphertext data integrity value
 */
record EncryptRequest(byte[] plaintext, byte[] aad, boolean integrityWanted) {

    /** XKS Proxy API specification: a proxy must take so much. This one takes no more, so that nobody relies on it. */
    static final int LARGEST_TEXT = 4300;

    static final int LARGEST_AAD = 8192;

    static EncryptRequest of(Body body) {
        body.requireMetadata("awsPrincipalArn", "kmsKeyArn", "kmsOperation", "kmsRequestId");
        body.require("encryptionAlgorithm", "AES_GCM");
        boolean integrityWanted = body.asksFor("ciphertextDataIntegrityValueAlgorithm", "SHA_256");
        byte[] aad = body.bytesIfAny("additionalAuthenticatedData", LARGEST_AAD);
        return new EncryptRequest(body.bytes("plaintext", LARGEST_TEXT), aad, integrityWanted);
    }
}
