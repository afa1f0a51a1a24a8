package dev.keystores.sandbox.external;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Signature Version 4 of a POST without a query, over its host, time, path and body. Paths of the XKS Proxy API have no
 * character that would be encoded; they are signed as they are sent, so a path with an empty or dotted part is too.
 */
record Signature(Access access, Instant at) {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String SIGNED_HEADERS = "host;x-amz-date";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC);

    /** The header {@code X-Amz-Date}. */
    String date() {
        return TIME.format(at);
    }

    /** The header {@code Authorization}. */
    String authorization(String path, byte[] body) {
        return "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(
                        ALGORITHM,
                        access.credential().accessKeyId(),
                        scope(),
                        SIGNED_HEADERS,
                        hex(hmac(signingKey(), stringToSign(path, body))));
    }

    private String stringToSign(String path, byte[] body) {
        return String.join("\n", ALGORITHM, date(), scope(), sha256(utf8(canonicalRequest(path, body))));
    }

    private String canonicalRequest(String path, byte[] body) {
        String headers = "host:" + access.address().host() + "\nx-amz-date:" + date() + "\n";
        return String.join("\n", "POST", path, "", headers, SIGNED_HEADERS, sha256(body));
    }

    private byte[] signingKey() {
        byte[] day = hmac(utf8("AWS4" + access.credential().secret()), DAY.format(at));
        byte[] region = hmac(day, access.region());
        return hmac(hmac(region, "kms-xks-proxy"), "aws4_request");
    }

    private String scope() {
        return DAY.format(at) + "/" + access.region() + "/kms-xks-proxy/aws4_request";
    }

    private static byte[] hmac(byte[] key, String message) {
        return Sha256.hmac(key, utf8(message));
    }

    private static String sha256(byte[] bytes) {
        return hex(Sha256.digest().digest(bytes));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
