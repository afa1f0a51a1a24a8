package dev.keystores.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts with AES-256-GCM (NIST SP 800-38D): a nonce of 12 random bytes, the text, a tag of 16 bytes. Encryption and
 * fingerprints have a key each, derived from the one in the settings (HKDF, RFC 5869).
 */
final class SecretBox {

    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String AES = "AES/GCM/NoPadding";
    private static final String HMAC = "HmacSHA256";
    private static final SecureRandom random = new SecureRandom();

    private final SecretKey sealing;
    private final SecretKey marking;

    private SecretBox(byte[] key) {
        sealing = derived(key, "AES", "key-store-connector: secrets");
        marking = derived(key, HMAC, "key-store-connector: fingerprints");
    }

    /** Empty unless it is 32 bytes in Base64; blanks and ends of lines around it don't matter. */
    static Optional<SecretBox> of(String key) {
        try {
            var bytes = Base64.getDecoder().decode(key.strip());
            return bytes.length == KEY ? Optional.of(new SecretBox(bytes)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    static String freshKey() {
        var bytes = new byte[KEY];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** @param context where alone it can be opened again */
    String seal(String context, String text) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, context);
            var sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(NONCE + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Empty where it was sealed under another key, for another context, or not at all. */
    Optional<String> open(String context, String box) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(box));
            var nonce = new byte[NONCE];
            bytes.get(nonce);
            var sealed = new byte[bytes.remaining()];
            bytes.get(sealed);
            var text = cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(sealed);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | RuntimeException notOurs) {
            return Optional.empty();
        }
    }

    /** 64 hexadecimal digits, by which nobody finds the text without the key. */
    String fingerprint(String text) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(marking);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(AES);
        cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static SecretKey derived(byte[] key, String algorithm, String purpose) {
        try {
            var steps = HKDFParameterSpec.ofExtract()
                    .addIKM(new SecretKeySpec(key, "HKDF"))
                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), KEY);
            return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, steps);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
