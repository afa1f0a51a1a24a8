package dev.keystores.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Requests that are malformed where HTTP begins and ends them. */
record MangledHttp(Chance chance) {

    private static final String LAYER = "http";

    Sent mangled(RawRequest valid) {
        return chance.call(
                () -> method(valid),
                () -> target(valid),
                () -> Sent.framed(LAYER, valid.and(chance.of("X-Any", "Cookie", "Via") + ": " + chance.hostileLine())),
                () -> firstLine(valid),
                () -> header(valid),
                () -> header(valid),
                () -> length(valid),
                () -> length(valid),
                () -> chunked(valid),
                () -> chunked(valid),
                () -> encoding(valid),
                () -> pipelined(valid),
                () -> cut(valid),
                () -> otherProtocol(valid));
    }

    Sent noise(RawRequest valid) {
        if (chance.percent(30)) {
            return Sent.unframed("bytes", chance.bytes(1 + chance.below(600)));
        }
        byte[] bytes = valid.bytes();
        int changes = 1 + chance.below(8);
        for (int i = 0; i < changes; i++) {
            // Letters stay letters of the head only: a host's name in a body must not become somebody's on the
            // Internet.
            int end = bytes.length - valid.body().length;
            bytes[chance.below(end)] = (byte) chance.below(256);
        }
        return Sent.unframed("bytes", bytes);
    }

    private Sent method(RawRequest valid) {
        String method = chance.of(
                "GET",
                "PUT",
                "DELETE",
                "PATCH",
                "OPTIONS",
                "HEAD",
                "TRACE",
                "post",
                "M-SEARCH",
                "\u00e4",
                "POST/",
                "G{}T");
        return Sent.framed(LAYER, valid.method(method));
    }

    private Sent target(RawRequest valid) {
        String path = chance.of(
                "http://localhost" + valid.target(),
                "http://evil.example/_sandbox",
                valid.target() + "?",
                valid.target() + "?a=b&%zz",
                valid.target() + "#fragment",
                valid.target() + "/",
                "/." + valid.target(),
                "/x/.." + valid.target(),
                "/%2e%2e/%2f" + valid.target(),
                "/%2e%2e%2f%5fsandbox",
                "/%00%0d%0aX-Injected:%201",
                "/%ff%fe%c0%ae%ed%a0%80",
                "/%",
                "/%zz",
                "/%u0041",
                "/\u00e4\u00ff",
                "/" + "%41".repeat(1 + chance.length()),
                "/" + "a/".repeat(1 + chance.length()),
                "//_sandbox",
                "///_sandbox",
                "//",
                "/;jsessionid=1",
                "/\\..\\",
                "/{}|^`\"<>",
                "_sandbox",
                "?Action=GetCallerIdentity",
                "http:///",
                "http://[::1",
                "http://localhost:99999999999/",
                "file:///etc/passwd",
                "/" + chance.hostileLine().replace(' ', '+'));
        return new Sent(LAYER, valid.target(path).bytes(), true, false);
    }

    private Sent firstLine(RawRequest valid) {
        String line = chance.of(
                "POST",
                "POST /",
                "POST  / HTTP/1.1",
                " POST / HTTP/1.1",
                "POST\t/\tHTTP/1.1",
                "POST / HTTP/1.0",
                "POST / HTTP/0.9",
                "POST / HTTP/2",
                "POST / HTTP/9.99",
                "POST / http/1.1 ",
                "POST / HTTP/1.1 more",
                "POST / ",
                "/ HTTP/1.1 POST",
                "\u0000 \u0000 \u0000",
                "CONNECT localhost:443 HTTP/1.1",
                "CONNECT / HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "POST mailto:a@b.example HTTP/1.1",
                "TRACE / HTTP/1.1",
                "GET / HTTP/1.1\r\nGET / HTTP/1.1",
                "",
                "\r\n\r\n\r\nPOST / HTTP/1.1",
                "GET /" + "a".repeat(chance.below(20) == 0 ? 400_000 : chance.length()) + " HTTP/1.1",
                chance.hostileLine());
        return Sent.unframed(LAYER, valid.bytes(line, lengthOf(valid), valid.body()));
    }

    private Sent header(RawRequest valid) {
        String line = chance.of(
                "no colon here",
                ": no name",
                " : blank name",
                "Space : before",
                " folded: first",
                "A: b\r\n folded",
                "A: b\r\n\tfolded\r\n more",
                "A: \0",
                "A: b\rX-Injected: 1",
                "A: b\nX-Injected: 1",
                "\u00e4\u00ff: \u00e4\u00ff",
                "(){}: 1",
                "Host: localhost",
                "Host: evil.example",
                "Host: localhost:" + "9".repeat(1 + chance.length()),
                "Host: " + chance.hostileLine(),
                "Connection: keep-alive, close, upgrade",
                "Connection: close\r\nConnection: keep-alive",
                "Expect: 100-continue",
                "Expect: " + chance.hostileLine(),
                "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
                "Upgrade: websocket",
                "Origin: " + chance.hostileLine(),
                "Content-Type: " + chance.hostileLine(),
                "Authorization: " + chance.hostileLine(),
                "Authorization: Basic " + Chance.HUSH,
                "A: " + "b".repeat(chance.below(10) == 0 ? 400_000 : chance.length()),
                "a".repeat(1 + chance.length()) + ": 1",
                String.join("\r\n", Collections.nCopies(1 + chance.below(120), "Same: 1")),
                many(chance.below(260)));
        return Sent.unframed(LAYER, valid.and(line).bytes());
    }

    private static String many(int number) {
        List<String> lines = new ArrayList<>(List.of("A: b"));
        for (int i = 0; i < number; i++) {
            lines.add("A" + i + ": b");
        }
        return String.join("\r\n", lines);
    }

    private Sent length(RawRequest valid) {
        int length = valid.body().length;
        List<String> lines = chance.of(
                List.of("Content-Length: -1"),
                List.of("Content-Length: +" + length),
                List.of("Content-Length: 0x" + length),
                List.of("Content-Length: " + length + "," + length),
                List.of("Content-Length: "),
                List.of("Content-Length: \u0661"),
                List.of("Content-Length: 9223372036854775807"),
                List.of("Content-Length: 99999999999999999999"),
                List.of("Content-Length: 1e3"),
                List.of("Content-Length: " + (length + 1 + chance.below(5000))),
                List.of("Content-Length: " + chance.below(length + 1)),
                List.of("Content-Length: 0"),
                List.<String>of(),
                List.of("Content-Length: " + length, "Content-Length: " + length),
                List.of("Content-Length: " + length, "Content-Length: 1"),
                List.of("Content-Length: " + length, "Transfer-Encoding: chunked"),
                List.of("Content_Length: " + length));
        return Sent.unframed(LAYER, request(valid, lines, valid.body()));
    }

    private Sent chunked(RawRequest valid) {
        String body = new String(valid.body(), StandardCharsets.ISO_8859_1);
        String size = Integer.toHexString(body.length());
        String rest = chance.of(
                size + "\r\n" + body + "\r\n0\r\n\r\n",
                size + ";a=b;" + "c".repeat(chance.below(3000)) + "\r\n" + body + "\r\n0\r\n\r\n",
                size + "\r\n" + body + "\r\n0\r\nTrailer: 1\r\n\r\n",
                size + "\n" + body + "\n0\n\n",
                size + "\r\n" + body + "0\r\n\r\n",
                size + "\r\n" + body,
                "-1\r\n" + body + "\r\n0\r\n\r\n",
                "80000000\r\n" + body + "\r\n0\r\n\r\n",
                "ffffffff\r\n" + body + "\r\n0\r\n\r\n",
                "7fffffff\r\n" + body + "\r\n0\r\n\r\n",
                "100000000\r\n" + body + "\r\n0\r\n\r\n",
                "fffffffffffffffffff\r\n" + body + "\r\n0\r\n\r\n",
                "zz\r\n" + body + "\r\n0\r\n\r\n",
                "\r\n" + body + "\r\n0\r\n\r\n",
                " " + size + " \r\n" + body + "\r\n0\r\n\r\n",
                "0".repeat(chance.length()) + size + "\r\n" + body + "\r\n0\r\n\r\n",
                "1\r\nx\r\n".repeat(chance.below(300)) + "0\r\n\r\n",
                "0\r\n\r\n",
                "");
        byte[] bytes = rest.getBytes(StandardCharsets.ISO_8859_1);
        return Sent.unframed(LAYER, request(valid, List.of("Transfer-Encoding: chunked"), bytes));
    }

    private Sent encoding(RawRequest valid) {
        String value = chance.of(
                "gzip",
                "identity",
                "chunked, chunked",
                "gzip, chunked",
                "xchunked",
                "chunked;a=b",
                "\u000bchunked",
                "",
                "CHUNKED");
        List<String> lines = chance.of(
                List.of("Transfer-Encoding: " + value),
                List.of("Transfer-Encoding: chunked", "Transfer-Encoding: " + value),
                List.of("transfer-encoding:" + value, "Content-Length: 1"));
        return Sent.unframed(LAYER, request(valid, lines, valid.body()));
    }

    private Sent pipelined(RawRequest valid) {
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 1 + chance.below(6); i++) {
            many.writeBytes(valid.bytes());
        }
        many.writeBytes(chance.percent(50) ? chance.bytes(chance.below(50)) : new byte[0]);
        return Sent.unframed(LAYER, many.toByteArray());
    }

    private Sent cut(RawRequest valid) {
        byte[] bytes = valid.bytes();
        byte[] start = new byte[chance.below(bytes.length)];
        System.arraycopy(bytes, 0, start, 0, start.length);
        return Sent.unframed(LAYER, start);
    }

    private Sent otherProtocol(RawRequest valid) {
        String start = chance.of(
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
                "\u0016\u0003\u0001\0\u00a5\u0001\0\0\u00a1\u0003\u0003",
                "SSH-2.0-OpenSSH_9.9\r\n",
                "EHLO localhost\r\n",
                "\0\0\0\b\4\u00d2\u0016/",
                "*1\r\n$4\r\nPING\r\n",
                "PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n",
                "GET /\r\n",
                "\u0080\u0001\1\0\2",
                "\r\n".repeat(1 + chance.length()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(start.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(chance.percent(50) ? valid.bytes() : chance.bytes(chance.below(100)));
        return Sent.unframed(LAYER, bytes.toByteArray());
    }

    private static byte[] request(RawRequest valid, List<String> length, byte[] rest) {
        return valid.bytes(valid.method() + " " + valid.target() + " HTTP/1.1", length, rest);
    }

    private static List<String> lengthOf(RawRequest valid) {
        return List.of("Content-Length: " + valid.body().length);
    }
}
