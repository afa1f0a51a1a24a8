package dev.keystores.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One HTTP response; a strict reader of the bytes that a server has sent. */
record Heard(int status, String head, String body) {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})( [ -~]*)?");
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[ -~]*");
    private static final String END_OF_HEAD = "\r\n\r\n";

    /** All of them, in order. An {@link IllegalArgumentException} where it isn't HTTP. */
    static List<Heard> all(byte[] bytes) {
        List<Heard> all = new ArrayList<>();
        String rest = new String(bytes, StandardCharsets.ISO_8859_1);
        while (!rest.isEmpty()) {
            String from = rest;
            Heard next = first(rest, false).orElseThrow(() -> new IllegalArgumentException("half a response: " + from));
            rest = rest.substring(next.length());
            all.add(next);
        }
        return all;
    }

    /** Empty as long as there isn't a whole one. Text is in ISO 8859-1: a char for each byte. */
    static Optional<Heard> first(String text, boolean head) {
        int end = text.indexOf(END_OF_HEAD);
        if (end < 0) {
            return Optional.empty();
        }
        String[] lines = text.substring(0, end).split("\r\n", -1);
        Matcher status = STATUS.matcher(lines[0]);
        if (!status.matches()) {
            throw new IllegalArgumentException("status line: " + lines[0]);
        }
        for (int i = 1; i < lines.length; i++) {
            if (!HEADER.matcher(lines[i]).matches() || lines[i].startsWith("X-Injected")) {
                throw new IllegalArgumentException("header line: " + lines[i]);
            }
        }
        Heard known = new Heard(Integer.parseInt(status.group(1)), text.substring(0, end), "");
        int length = head ? 0 : known.contentLength();
        int start = end + END_OF_HEAD.length();
        return text.length() < start + length
                ? Optional.empty()
                : Optional.of(new Heard(known.status(), known.head(), text.substring(start, start + length)));
    }

    static Optional<Heard> first(ByteArrayOutputStream bytes, boolean head) {
        return first(bytes.toString(StandardCharsets.ISO_8859_1), head);
    }

    private int contentLength() {
        if (status < 200) {
            return 0;
        }
        Matcher length = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)").matcher(head);
        if (!length.find()) {
            throw new IllegalArgumentException("no length: " + head);
        }
        return Integer.parseInt(length.group(1));
    }

    private int length() {
        return head.length() + END_OF_HEAD.length() + body.length();
    }

    boolean closes() {
        return Pattern.compile("(?i)\r\nconnection: *close").matcher(head).find();
    }
}
