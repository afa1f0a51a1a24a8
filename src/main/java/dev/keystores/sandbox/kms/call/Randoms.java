package dev.keystores.sandbox.kms.call;

import dev.keystores.sandbox.data.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** What KMS makes up by itself. */
public record Randoms(SecureRandom source) {

    private static final int HEX_DIGITS = 17;
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int PASSWORD_LENGTH = 32;

    public String storeId() {
        return "cks-" + HexFormat.of().formatHex(bytes(HEX_DIGITS / 2 + 1)).substring(0, HEX_DIGITS);
    }

    /** As kmsuser's must be: 7 to 32 letters and digits. */
    public Secret password() {
        StringBuilder text = new StringBuilder();
        source.ints(PASSWORD_LENGTH, 0, ALPHANUMERIC.length()).forEach(i -> text.append(ALPHANUMERIC.charAt(i)));
        return new Secret(text.toString());
    }

    public Secret aesKey() {
        return new Secret(Base64.getEncoder().encodeToString(bytes(32)));
    }

    public byte[] bytes(int number) {
        byte[] bytes = new byte[number];
        source.nextBytes(bytes);
        return bytes;
    }
}
