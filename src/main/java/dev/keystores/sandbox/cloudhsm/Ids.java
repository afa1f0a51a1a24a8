package dev.keystores.sandbox.cloudhsm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids that are the same on every fresh sandbox, and unlike each other. */
public final class Ids {

    private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyz234567";

    private Ids() {}

    /** @param length at most 32 */
    public static String of(String name, int length) {
        byte[] digest = sha256(name);
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < length; i++) {
            id.append(CHARACTERS.charAt(digest[i] & 31));
        }
        return id.toString();
    }

    /** 17 hexadecimal digits, as in the ids of EC2. */
    public static String hex(String name) {
        return HexFormat.of().formatHex(sha256(name)).substring(0, 17);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
