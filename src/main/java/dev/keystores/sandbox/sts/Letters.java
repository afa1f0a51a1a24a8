package dev.keystores.sandbox.sts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The letters and digits that identifiers of IAM are made of. */
final class Letters {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final SecureRandom random = new SecureRandom();

    private Letters() {}

    static String random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return of(bytes, length);
    }

    /** Always the same for a text; at most 32. */
    static String from(String text, int length) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return of(digest, length);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String of(byte[] bytes, int length) {
        return IntStream.range(0, length)
                .mapToObj(at -> String.valueOf(ALPHABET.charAt(bytes[at] & 31)))
                .collect(Collectors.joining());
    }
}
