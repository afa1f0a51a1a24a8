package dev.keystores.sandbox.kms.call;

import dev.keystores.sandbox.kms.model.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page ended. It names the last store shown, so that one deleted in between moves no other. */
public record Marker(String lastId) {

    private static final String KIND = "after:";

    public static Marker parse(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            if (plain.startsWith(KIND)) {
                return new Marker(plain.substring(KIND.length()));
            }
        } catch (IllegalArgumentException notBase64) {
            // The same answer as for any other text that isn't ours.
        }
        throw Refusals.invalidMarker();
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((KIND + lastId).getBytes(StandardCharsets.UTF_8));
    }
}
