package dev.keystores.sandbox.xks.key;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * What encryption leaves.
 *
 * @param iv initialization vector
 * @param tag authentication tag
 */
public record Sealed(byte[] metadata, byte[] iv, byte[] ciphertext, byte[] tag) {

    /** Ciphertext data integrity value: XKS Proxy API specification, appendix C. */
    public byte[] integrityValue(byte[] aad) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(aad);
            hash.update(metadata);
            hash.update(iv);
            hash.update(ciphertext);
            return hash.digest(tag);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
