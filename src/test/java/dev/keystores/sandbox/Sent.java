package dev.keystores.sandbox;

import java.nio.charset.StandardCharsets;

/**
 * One generated request.
 *
 * @param layer that it is malformed in
 * @param bytes all that is sent
 * @param framed whether HTTP can tell where it ends, so that there must be one answer to it
 * @param maybeSilent whether what is asked may have been set to end without an answer
 */
record Sent(String layer, byte[] bytes, boolean framed, boolean maybeSilent) {

    static Sent framed(String layer, RawRequest request) {
        return new Sent(layer, request.bytes(), true, false);
    }

    static Sent unframed(String layer, byte[] bytes) {
        return new Sent(layer, bytes, false, true);
    }

    Sent maybeUnanswered() {
        return new Sent(layer, bytes, framed, true);
    }

    boolean isHead() {
        return text().startsWith("HEAD ");
    }

    String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
