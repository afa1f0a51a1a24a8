package dev.keystores.sandbox.xks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One signed request, written from the rules of Signature Version 4; what is changed after signing is tampering. */
final class Call {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static final DateTimeFormatter AMZ =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String host;
    private final Map<String, String> signed = new TreeMap<>();
    private String method = "POST";
    private String path;
    private String body;
    private ProxyCredential credential = ProxyCredential.DEFAULT;
    private String date = AMZ.format(START);
    private String scopeDate = date.substring(0, 8);
    private String region = "eu-central-1";
    private String service = "kms-xks-proxy";
    private Consumer<Wire> tampering = wire -> {};

    private Call(String host, String path, String body) {
        this.host = host;
        this.path = path;
        this.body = body;
    }

    static Call of(String host, String path, String body) {
        return new Call(host, path, body);
    }

    static Call health(String host) {
        return of(
                host,
                "/kms/xks/v1/health",
                "{\"requestMetadata\":{\"kmsRequestId\":\"r-1\",\"kmsOperation\":\"ConnectCustomKeyStore\"}}");
    }

    String body() {
        return body;
    }

    String host() {
        return host;
    }

    Call method(String changed) {
        method = changed;
        return this;
    }

    Call path(String changed) {
        path = changed;
        return this;
    }

    Call body(String changed) {
        body = changed;
        return this;
    }

    Call by(ProxyCredential changed) {
        credential = changed;
        return this;
    }

    Call at(Instant changed) {
        date(AMZ.format(changed));
        return this;
    }

    Call date(String changed) {
        date = changed;
        scopeDate = changed.substring(0, Math.min(8, changed.length()));
        return this;
    }

    Call scopeDate(String changed) {
        scopeDate = changed;
        return this;
    }

    Call region(String changed) {
        region = changed;
        return this;
    }

    Call service(String changed) {
        service = changed;
        return this;
    }

    /** In lower case. */
    Call signing(String header, String value) {
        signed.put(header, value);
        return this;
    }

    Call tampered(Consumer<Wire> change) {
        tampering = change;
        return this;
    }

    byte[] raw(int port) {
        Wire wire = new Wire(headers(port), path, body);
        tampering.accept(wire);
        return wire.bytes(method);
    }

    Map<String, String> headers(int port) {
        signed.putIfAbsent("host", host + ":" + port);
        signed.putIfAbsent("x-amz-date", date);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(signed);
        headers.put("Content-Type", "application/json");
        headers.put("Authorization", authorization());
        headers.put("Connection", "close");
        return headers;
    }

    private String authorization() {
        String scope = String.join("/", scopeDate, region, service, "aws4_request");
        String names = String.join(";", signed.keySet());
        String headers = signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip().replaceAll(" +", " ") + "\n")
                .collect(Collectors.joining());
        String canonical = String.join("\n", method, path, "", headers, names, hash(body));
        String toSign = String.join("\n", "AWS4-HMAC-SHA256", date, scope, hash(canonical));
        byte[] key = ("AWS4" + credential.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(
                        credential.accessKeyId(), scope, names, HexFormat.of().formatHex(hmac(key, toSign)));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What really goes out. */
    static final class Wire {

        final Map<String, String> headers;
        String target;
        String body;

        Wire(Map<String, String> headers, String target, String body) {
            this.headers = headers;
            this.target = target;
            this.body = body;
        }

        void replaceIn(String header, String regex, String replacement) {
            headers.computeIfPresent(header, (name, value) -> value.replaceFirst(regex, replacement));
        }

        private byte[] bytes(String method) {
            byte[] payload = body.getBytes(StandardCharsets.UTF_8);
            headers.put("Content-Length", String.valueOf(payload.length));
            String head = headers.entrySet().stream()
                    .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                    .collect(Collectors.joining("", method + " " + target + " HTTP/1.1\r\n", "\r\n"));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
            bytes.writeBytes(payload);
            return bytes.toByteArray();
        }
    }
}
