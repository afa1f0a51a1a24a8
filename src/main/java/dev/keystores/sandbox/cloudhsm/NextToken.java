package dev.keystores.sandbox.cloudhsm;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page ended. It names the last cluster shown, so that one deleted in between moves no other. */
final class NextToken {

    private static final String KIND = "after:";

    private NextToken() {}

    static String after(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((KIND + id).getBytes(StandardCharsets.UTF_8));
    }

    static String lastIdOf(String token) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (plain.startsWith(KIND)) {
                return plain.substring(KIND.length());
            }
        } catch (IllegalArgumentException notBase64) {
            // The same answer as for any other text that isn't ours.
        }
        throw Refusals.invalid("The NextToken isn't one of CloudHSM's.");
    }
}
