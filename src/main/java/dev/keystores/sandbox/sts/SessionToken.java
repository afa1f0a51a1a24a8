package dev.keystores.sandbox.sts;

import dev.keystores.sandbox.wire.RoleSession;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** What a session token carries, so that nobody has to remember it: safe over a restart, and only from this sandbox. */
record SessionToken(String accessKeyId, RoleSession session, Instant expires) {

    private static final JsonMapper json = JsonMapper.shared();

    static SessionToken fresh(RoleSession session, Instant expires) {
        return new SessionToken("ASIA" + session.account() + Letters.random(4), session, expires);
    }

    static boolean isAccessKeyOfOne(String accessKeyId) {
        return accessKeyId.matches("ASIA\\d{12}[A-Z2-7]{4}");
    }

    String sealed(SigningKey key) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String carried = encoder.encodeToString(json.writeValueAsString(this).getBytes(StandardCharsets.UTF_8));
        return carried + "." + encoder.encodeToString(key.sign(carried));
    }

    /** Empty unless it was sealed with this key. */
    static Optional<SessionToken> open(String token, SigningKey key) {
        int dot = token.lastIndexOf('.') + 1;
        try {
            String carried = token.substring(0, Math.max(0, dot - 1));
            boolean ours = key.signed(carried, Base64.getUrlDecoder().decode(token.substring(dot)));
            return ours ? Optional.of(read(carried)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static SessionToken read(String carried) {
        return json.readValue(Base64.getUrlDecoder().decode(carried), SessionToken.class);
    }
}
