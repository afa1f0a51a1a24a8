package dev.keystores.sandbox.xks.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where the material of the keys comes from that every host has to begin with: thousands of hosts, and one secret on disk.
 */
record KeySeed(byte[] secret) {

    private static final SecureRandom random = new SecureRandom();

    static KeySeed generated() {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        return new KeySeed(secret);
    }

    ExternalKey key(String host, String id) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return ExternalKey.ready(id, mac.doFinal((host + "/" + id).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", impossible);
        }
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
