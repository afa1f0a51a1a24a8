package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.model.Key;
import dev.keystores.sandbox.wire.Members;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SortedMap;

/** What a ciphertext is bound to besides its key: the same for the same entries in any order. */
record EncryptionContext(SortedMap<String, String> entries) {

    static EncryptionContext of(Members input, String member) {
        return new EncryptionContext(input.textsByName(member));
    }

    byte[] boundTo(Key key) {
        MessageDigest sha256 = sha256();
        add(sha256, key.id());
        entries.forEach((name, value) -> {
            add(sha256, name);
            add(sha256, value);
        });
        return sha256.digest();
    }

    /** With its length, so that no two contexts run into one. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
