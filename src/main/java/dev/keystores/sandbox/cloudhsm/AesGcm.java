package dev.keystores.sandbox.cloudhsm;

import dev.keystores.sandbox.data.Secret;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256 in Galois/Counter Mode, as a key in an HSM does it, CloudHSM's or KMS's own. */
public final class AesGcm {

    static final int IV_BYTES = 12;
    static final int TAG_BYTES = 16;
    private static final SecureRandom random = new SecureRandom();

    private AesGcm() {}

    public static Sealed seal(Secret key, byte[] plaintext, byte[] authenticated) {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, iv, authenticated).doFinal(plaintext);
            int end = sealed.length - TAG_BYTES;
            return new Sealed(iv, Arrays.copyOf(sealed, end), Arrays.copyOfRange(sealed, end, sealed.length));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Empty for anything but what was sealed by this key with the same authenticated data. */
    public static Optional<byte[]> open(Secret key, Sealed sealed, byte[] authenticated) {
        byte[] joined = Arrays.copyOf(sealed.ciphertext(), sealed.ciphertext().length + TAG_BYTES);
        System.arraycopy(sealed.authenticationTag(), 0, joined, sealed.ciphertext().length, TAG_BYTES);
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, sealed.initializationVector(), authenticated)
                    .doFinal(joined));
        } catch (AEADBadTagException tampered) {
            return Optional.empty();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static Cipher cipher(int mode, Secret key, byte[] iv, byte[] authenticated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec aes = new SecretKeySpec(Base64.getDecoder().decode(key.value()), "AES");
        cipher.init(mode, aes, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
        cipher.updateAAD(authenticated);
        return cipher;
    }
}
