package dev.keystores.sandbox.xks.key;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM as the XKS Proxy API specification has it. */
record AesGcm(byte[] key) {

    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;

    /** Optional in an answer. It is here so that a caller who loses it notices. */
    private static final byte[] METADATA = "sandbox=1".getBytes(StandardCharsets.US_ASCII);

    private static final SecureRandom random = new SecureRandom();

    Sealed seal(byte[] plaintext, byte[] aad) {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        try {
            byte[] both = cipher(Cipher.ENCRYPT_MODE, iv, bound(aad, METADATA)).doFinal(plaintext);
            byte[] ciphertext = Arrays.copyOf(both, plaintext.length);
            return new Sealed(METADATA, iv, ciphertext, Arrays.copyOfRange(both, plaintext.length, both.length));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has AES-GCM", impossible);
        }
    }

    Optional<byte[]> open(Sealed sealed, byte[] aad) {
        if (sealed.tag().length != TAG_BYTES) {
            return Optional.empty();
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, sealed.iv(), bound(aad, sealed.metadata()));
            cipher.update(sealed.ciphertext());
            return Optional.of(cipher.doFinal(sealed.tag()));
        } catch (AEADBadTagException notAuthentic) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has AES-GCM", impossible);
        }
    }

    private Cipher cipher(int mode, byte[] iv, byte[] aad) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * 8, iv));
        cipher.updateAAD(aad);
        return cipher;
    }

    /** The lengths keep metadata from passing for the end of the AAD. */
    private static byte[] bound(byte[] aad, byte[] metadata) {
        ByteArrayOutputStream bound = new ByteArrayOutputStream();
        bound.write(aad.length >> 8);
        bound.write(aad.length);
        bound.writeBytes(aad);
        bound.write(metadata.length);
        bound.writeBytes(metadata);
        return bound.toByteArray();
    }
}
