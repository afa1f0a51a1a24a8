package dev.keystores.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests to external key store proxies: signed as KMS signs and malformed inside, or malformed in their signature. */
record MangledXks(Chance chance, MangledJson json, Clock clock, String host) {

    private static final DateTimeFormatter AMZ =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String SECRET = "SANDBOX/SANDBOX/SANDBOX/SANDBOX/SANDBOX/SANDBOX=";
    private static final String HEALTH = "/kms/xks/v1/health";

    static MangledXks by(Chance chance, Clock clock, String host) {
        return new MangledXks(chance, new MangledJson(chance, Set.of("plaintext")), clock, host);
    }

    RawRequest valid() {
        return signed(call());
    }

    RawRequest health() {
        return signed(new Call(HEALTH, metadata("KmsHealthCheck")));
    }

    Sent mangledJson() {
        Call call = call();
        return Sent.framed("json", signed(call.path(), json.mangled(call.body())));
    }

    Sent mangledMember() {
        Call call = call();
        return Sent.framed("member", signed(call.path(), json.wrongMember(call.body())));
    }

    Sent mangledValue() {
        Call call = call();
        ObjectNode body = call.body();
        String name = chance.of(List.copyOf(body.propertyNames()));
        if (body.get(name) instanceof ObjectNode metadata) {
            metadata.put(
                    chance.of(List.copyOf(metadata.propertyNames())), "a".repeat(chance.of(0, 1, 2048, 2049, 50_000)));
        } else {
            body.put(
                    name,
                    base64(chance.bytes(chance.of(
                            0, 1, 11, 12, 13, 15, 16, 17, 19, 20, 21, 31, 4095, 4299, 4300, 4301, 8191, 8192, 8193,
                            50_000))));
            if (chance.percent(20)) {
                body.put(name, body.get(name).stringValue() + chance.of("=", "\n", "A", "-_", " "));
            }
        }
        return Sent.framed("values", signed(call.path(), body.toString().getBytes(StandardCharsets.UTF_8)));
    }

    Sent mangledPath() {
        String key = chance.of(
                "sandbox-key-1",
                "nobody",
                "a".repeat(128),
                "a".repeat(129),
                "..",
                ".",
                "a%2fb",
                "%61",
                "%00",
                "",
                "a/b",
                "\u00e4",
                chance.hostileLine().replaceAll("[^!-~]", ""));
        String path = chance.of(
                "/kms/xks/v1/keys/" + key + "/" + chance.of("metadata", "encrypt", "decrypt", "ENCRYPT", "", "sign"),
                "/a".repeat(1 + chance.length()) + HEALTH,
                "/a%2fb" + HEALTH,
                HEALTH + "/",
                HEALTH + "?a=b",
                HEALTH + "?",
                HEALTH + "#a",
                "/kms/xks/v2/health",
                "/kms/xks/v1/../v1/health",
                "https://" + host + HEALTH,
                "/" + HEALTH,
                "/_sandbox",
                "*");
        RawRequest request = signed(path, call().body().toString().getBytes(StandardCharsets.UTF_8));
        return Sent.framed(
                "path", chance.percent(20) ? request.method(chance.of("GET", "HEAD", "PUT", "TRACE")) : request);
    }

    Sent mangledSignature() {
        RawRequest request = chance.percent(50) ? health() : valid();
        String authorization = request.headers().stream()
                .filter(line -> line.startsWith("Authorization: "))
                .findFirst()
                .orElseThrow()
                .substring("Authorization: ".length());
        return Sent.framed(
                "signature",
                chance.call(
                        () -> request.with("Authorization", part(authorization)),
                        () -> request.with("Authorization", part(authorization)),
                        () -> request.with("X-Amz-Date", date()),
                        () -> request.with("X-Amz-Date", chance.hostileLine()),
                        () -> request.with("Authorization", chance.hostileLine()),
                        () -> request.with(
                                "Authorization",
                                authorization.replaceFirst("SignedHeaders=[^,]*", "SignedHeaders=" + signedHeaders())),
                        () -> request.with("Host", chance.hostileLine()),
                        () -> request.without(chance.of("Authorization", "X-Amz-Date", "Host")),
                        () -> request.and("Authorization: " + authorization),
                        () -> request.and("X-Amz-Date: " + AMZ.format(clock.instant())),
                        () -> request.and("X-Amz-Content-Sha256: " + chance.hostileLine()),
                        () -> request.body(
                                (chance.of("", "{}", " ") + new String(request.body(), StandardCharsets.UTF_8))
                                        .getBytes(StandardCharsets.UTF_8))));
    }

    private String part(String authorization) {
        String[] parts = authorization.split("(?<=[/,= ])");
        int at = chance.below(parts.length);
        parts[at] = chance.of(
                "", parts[at] + "/", parts[at] + parts[at], chance.hostileLine(), "0".repeat(64), "AWS4-HMAC-SHA256 ");
        return String.join("", parts);
    }

    private String date() {
        Instant now = clock.instant();
        return chance.of(
                AMZ.format(now.plus(Duration.ofSeconds(301))),
                AMZ.format(now.minus(Duration.ofDays(365_000))),
                "99999999T999999Z",
                "20260230T120000Z",
                "+2026030112T000Z",
                now.toString(),
                "0",
                "");
    }

    private String signedHeaders() {
        return chance.of(
                "host",
                "x-amz-date",
                "x-amz-date;host",
                "HOST;x-amz-date",
                "host;host;x-amz-date",
                ";",
                "",
                "host;not-sent;x-amz-date",
                "a;".repeat(1 + chance.length()) + "host;x-amz-date",
                "host; x-amz-date");
    }

    private Call call() {
        String key = "/kms/xks/v1/keys/" + chance.of("sandbox-key-1", "sandbox-key-2", "nobody");
        return chance.call(
                () -> new Call(HEALTH, metadata("ConnectCustomKeyStore")),
                () -> new Call(key + "/metadata", metadata("CreateKey")),
                () -> new Call(key + "/encrypt", encrypt()),
                () -> new Call(key + "/decrypt", decrypt()));
    }

    private static ObjectNode encrypt() {
        return metadata("Encrypt")
                .put("encryptionAlgorithm", "AES_GCM")
                .put("plaintext", base64(("to be kept " + Chance.HUSH).getBytes(StandardCharsets.UTF_8)))
                .put("additionalAuthenticatedData", base64("aad".getBytes(StandardCharsets.UTF_8)))
                .put("ciphertextDataIntegrityValueAlgorithm", "SHA_256");
    }

    private ObjectNode decrypt() {
        return metadata("Decrypt")
                .put("encryptionAlgorithm", "AES_GCM")
                .put("ciphertext", base64(chance.bytes(32)))
                .put("ciphertextMetadata", base64(chance.bytes(9)))
                .put("initializationVector", base64(chance.bytes(chance.of(12, 16))))
                .put("authenticationTag", base64(chance.bytes(16)))
                .put("additionalAuthenticatedData", base64("aad".getBytes(StandardCharsets.UTF_8)));
    }

    private static ObjectNode metadata(String kmsOperation) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.putObject("requestMetadata")
                .put("awsPrincipalArn", "arn:aws:iam::111122223333:user/Alice")
                .put("kmsKeyArn", "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
                .put("kmsOperation", kmsOperation)
                .put("kmsRequestId", "4112f4d6-db54-4af4-ae30-c55a22a8dfae");
        return body;
    }

    private RawRequest signed(Call call) {
        return signed(call.path(), call.body().toString().getBytes(StandardCharsets.UTF_8));
    }

    private RawRequest signed(String path, byte[] body) {
        String date = AMZ.format(clock.instant());
        String scope = date.substring(0, 8) + "/eu-central-1/kms-xks-proxy/aws4_request";
        String signed = path.replaceFirst("[?#].*", "");
        String canonical =
                "POST\n%s\n\nhost:%s\nx-amz-date:%s\n\nhost;x-amz-date\n%s".formatted(signed, host, date, hash(body));
        String toSign =
                String.join("\n", "AWS4-HMAC-SHA256", date, scope, hash(canonical.getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        String authorization =
                "AWS4-HMAC-SHA256 Credential=SANDBOXACCESSKEY2222/%s, SignedHeaders=host;x-amz-date, Signature=%s"
                        .formatted(scope, HexFormat.of().formatHex(hmac(key, toSign)));
        List<String> headers = List.of(
                "Host: " + host,
                "X-Amz-Date: " + date,
                "Authorization: " + authorization,
                "Content-Type: application/json");
        return new RawRequest("POST", path, headers, body);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
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

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private record Call(String path, ObjectNode body) {}
}
