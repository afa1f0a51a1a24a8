package dev.keystores.sandbox.external;

import java.security.MessageDigest;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an external key manager made of a plaintext, and what it needs to make the plaintext of it again.
 *
 * @param ciphertextMetadata at most 20 bytes of the vendor's own; none is empty
 */
public record Encrypted(
        byte[] ciphertext, byte[] initializationVector, byte[] authenticationTag, byte[] ciphertextMetadata) {

    private static final int TAG_BYTES = 16;
    private static final int MOST_METADATA_BYTES = 20;

    static Encrypted of(AnswerMembers answer) throws CallFailed {
        Encrypted encrypted = new Encrypted(
                answer.bytes("ciphertext"),
                answer.bytes("initializationVector"),
                answer.bytes("authenticationTag"),
                answer.optionalBytes("ciphertextMetadata"));
        encrypted.requireSizes();
        return encrypted;
    }

    /** AES-GCM is a stream cipher: it makes nothing longer or shorter. */
    void requireLength(int plaintextBytes) throws CallFailed {
        require(ciphertext.length == plaintextBytes, "ciphertext is not as long as the plaintext.");
    }

    /** @param value {@code ciphertextDataIntegrityValue} as the proxy sent it */
    void requireIntegrity(byte[] additionalAuthenticatedData, byte[] value) throws CallFailed {
        MessageDigest sha256 = Sha256.digest();
        sha256.update(additionalAuthenticatedData);
        sha256.update(ciphertextMetadata);
        sha256.update(initializationVector);
        sha256.update(ciphertext);
        sha256.update(authenticationTag);
        require(MessageDigest.isEqual(sha256.digest(), value), "ciphertextDataIntegrityValue is another one.");
    }

    void putInto(ObjectNode body) {
        body.put("ciphertext", base64(ciphertext));
        body.put("initializationVector", base64(initializationVector));
        body.put("authenticationTag", base64(authenticationTag));
        if (ciphertextMetadata.length > 0) {
            body.put("ciphertextMetadata", base64(ciphertextMetadata));
        }
    }

    private void requireSizes() throws CallFailed {
        int iv = initializationVector.length;
        require(iv == 12 || iv == 16, "initializationVector is neither 12 nor 16 bytes long.");
        require(authenticationTag.length == TAG_BYTES, "authenticationTag is not 16 bytes long.");
        require(ciphertextMetadata.length <= MOST_METADATA_BYTES, "ciphertextMetadata is longer than 20 bytes.");
    }

    private static void require(boolean kept, String broken) throws CallFailed {
        if (!kept) {
            throw CallFailed.invalid(broken);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
