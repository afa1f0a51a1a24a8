package dev.keystores.sandbox.sts;

import dev.keystores.sandbox.data.Shelf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The sandbox's own secret, by which it knows again what it has given out. */
record SigningKey(SecretKeySpec key) {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;
    private static final String NAME = "session-tokens";

    static SigningKey kept(Shelf<String> shelf) {
        @Nullable String kept = shelf.all().get(NAME);
        if (kept == null) {
            kept = fresh();
            shelf.put(NAME, kept);
        }
        return new SigningKey(new SecretKeySpec(Base64.getDecoder().decode(kept), ALGORITHM));
    }

    byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean signed(String text, byte[] signature) {
        return MessageDigest.isEqual(sign(text), signature);
    }

    private static String fresh() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
