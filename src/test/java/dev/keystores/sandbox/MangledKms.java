package dev.keystores.sandbox;

import dev.keystores.sandbox.xks.ProxyCredential;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Calls of KMS: as the SDK makes them, and malformed in their head, as JSON, or in their values. */
final class MangledKms {

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** What stands before as many further characters as a value must have, by member. */
    private static final Map<String, Limited> LIMITS = Map.ofEntries(
            Map.entry("CustomKeyStoreId", new Limited("cks-", 1, 64)),
            Map.entry("CustomKeyStoreName", new Limited("n", 1, 256)),
            Map.entry("NewCustomKeyStoreName", new Limited("n", 1, 256)),
            Map.entry("CloudHsmClusterId", new Limited("cluster-", 19, 24)),
            Map.entry("TrustAnchorCertificate", new Limited("-----BEGIN", 1, 5000)),
            Map.entry("KeyStorePassword", new Limited(Chance.HUSH, 7, 32)),
            Map.entry("XksProxyUriPath", new Limited("/kms/xks/v1", 10, 128)),
            Map.entry(
                    "XksProxyVpcEndpointServiceName", new Limited("com.amazonaws.vpce.eu-central-1.vpce-svc-", 20, 64)),
            Map.entry("XksProxyVpcEndpointServiceOwner", new Limited("", 12, 12)),
            Map.entry("AccessKeyId", new Limited("", 20, 30)),
            Map.entry("RawSecretAccessKey", new Limited(Chance.HUSH, 43, 64)),
            Map.entry("Marker", new Limited("", 1, 1024)),
            Map.entry("KeyId", new Limited("", 1, 2048)),
            Map.entry("XksKeyId", new Limited("", 1, 128)),
            Map.entry("Description", new Limited("", 0, 8192)));

    private static final Map<String, List<Integer>> NUMBERS = Map.of(
            "Limit", List.of(-1, 0, 1, 1000, 1001),
            "NumberOfBytes", List.of(0, 1, 1024, 1025),
            "PendingWindowInDays", List.of(6, 7, 30, 31));

    private static final Map<String, List<Integer>> BYTES = Map.of(
            "Plaintext", List.of(0, 1, 4095, 4096, 4097, 60_000),
            "CiphertextBlob", List.of(0, 1, 17, 35, 6143, 6144, 6145));

    private final Chance chance;
    private final Known known;
    private final MangledJson json;

    record Limited(String start, int shortest, int longest) {}

    /** What is there from the start, and stays. */
    record Known(List<String> keyIds, List<String> blobs, String sessionKey, String sessionToken) {}

    MangledKms(Chance chance, Known known) {
        this.chance = chance;
        this.known = known;
        this.json = new MangledJson(chance, Set.of("KeyStorePassword", "RawSecretAccessKey", "Plaintext"));
    }

    RawRequest valid() {
        return request(call());
    }

    Sent mangledHead() {
        RawRequest request = valid();
        return Sent.framed(
                "protocol",
                chance.call(
                        () -> request.with("X-Amz-Target", target()),
                        () -> request.with("Authorization", authorization()),
                        () -> request.with("Authorization", authorization()),
                        () -> request.with("X-Amz-Security-Token", token()),
                        () -> request.with("Authorization", signed(known.sessionKey(), "eu-central-1", "kms"))
                                .with("X-Amz-Security-Token", token()),
                        () -> request.with(
                                "Content-Type",
                                chance.of("text/xml", "application/x-amz-json-1.0", "a/b", "", chance.hostileLine())),
                        () -> request.without(chance.of("Authorization", "X-Amz-Target", "Host", "Content-Type")),
                        () -> request.and("X-Amz-Target: " + target()),
                        () -> request.and("Authorization: " + authorization()),
                        () -> request.with("Host", chance.hostileLine()),
                        () -> request.method(chance.of("GET", "PUT", "HEAD", "DELETE")),
                        () -> request.target(
                                chance.of("/other", "/?X-Amz-Signature=1", "/TrentService", "/?Action=Encrypt"))));
    }

    Sent mangledJson() {
        Call call = call();
        return Sent.framed("json", request(call).body(json.mangled(call.body())));
    }

    Sent mangledMember() {
        Call call = call();
        return Sent.framed("member", request(call).body(json.wrongMember(call.body())));
    }

    Sent mangledValue() {
        Call call = call();
        ObjectNode body = call.body();
        List<String> names = List.copyOf(body.propertyNames());
        if (!names.isEmpty()) {
            setValue(body, chance.of(names));
        }
        return Sent.framed("values", request(new Call(call.operation(), body)));
    }

    private void setValue(ObjectNode body, String name) {
        if (body.get(name) instanceof ObjectNode inside) {
            List<String> names = List.copyOf(inside.propertyNames());
            setValue(inside, names.isEmpty() ? "a" : chance.of(names));
        } else if (NUMBERS.containsKey(name)) {
            body.put(name, chance.of(NUMBERS.get(name)));
        } else if (BYTES.containsKey(name)) {
            body.put(name, base64(chance.bytes(chance.of(BYTES.get(name)))));
        } else if (LIMITS.containsKey(name)) {
            body.put(name, atLimit(LIMITS.get(name)));
        } else {
            body.put(name, json.hostile(name));
        }
    }

    private String atLimit(Limited limit) {
        int length =
                Math.max(0, chance.of(limit.shortest() - 1, limit.shortest(), limit.longest(), limit.longest() + 1));
        String fill = chance.of("a", "A", "2", "-", "\u00e4", "\ud83d\udd11", ".", "/", "=", "+");
        String text =
                limit.start() + fill.repeat(Math.max(0, length - limit.start().length()));
        return text.substring(0, Math.min(length, text.length()));
    }

    private RawRequest request(Call call) {
        return RawRequest.of(
                "POST",
                "/",
                call.body().toString(),
                "Content-Type: application/x-amz-json-1.1",
                "X-Amz-Target: TrentService." + call.operation(),
                "Authorization: " + signed(chance.percent(80) ? "111122223333" : "444455556666", region(), "kms"));
    }

    private String region() {
        return chance.of("eu-central-1", "us-east-1");
    }

    private static String signed(String accessKey, String region, String service) {
        return "AWS4-HMAC-SHA256 Credential=%s/20260301/%s/%s/aws4_request, SignedHeaders=host;x-amz-date, Signature=%s"
                .formatted(accessKey, region, service, Chance.HUSH);
    }

    private String authorization() {
        String[] parts = signed("111122223333", region(), chance.of("kms", "sts", "s3", "KMS", ""))
                .split("(?<=[/,= ])");
        switch (chance.below(6)) {
            case 0 -> parts[chance.below(parts.length)] = chance.hostileLine();
            case 1 -> parts[chance.below(parts.length)] = "";
            case 2 -> parts[chance.below(parts.length)] += chance.of("/", ",", "=", " ", "//", ",,,");
            case 3 ->
                parts[chance.below(parts.length)] =
                        chance.of("eu!", "EU", "-", "a", "0123456789012", "20261332", "aws5_request");
            default -> {
                return chance.of(
                        "",
                        " ",
                        "Bearer " + Chance.HUSH,
                        "AWS4-HMAC-SHA256",
                        "AWS4-ECDSA-P256-SHA256 Credential=a",
                        ", Credential=".repeat(1 + chance.below(4000)),
                        "AWS4-HMAC-SHA256 " + "Credential=a/20260301/".repeat(1 + chance.below(2500)));
            }
        }
        return String.join("", parts);
    }

    private String target() {
        return chance.of(
                "",
                ".",
                "..",
                "TrentService",
                "TrentService.",
                ".Encrypt",
                "TrentService.encrypt",
                "TrentService.Encrypt.",
                "TrentService.Encrypt ",
                "TrentService..Encrypt",
                "BaldrApiService.DescribeClusters",
                "secretsmanager.GetSecretValue",
                "TrentService.Sign",
                "trentservice.Encrypt",
                "TrentService\t.Encrypt",
                ".".repeat(1 + chance.length()),
                chance.hostileLine());
    }

    private String token() {
        String token = known.sessionToken();
        return chance.of(
                "",
                ".",
                "..",
                token,
                token.substring(0, chance.below(token.length())),
                token.replace('.', 'x'),
                token + "A",
                token.substring(1),
                "e30." + token.substring(token.indexOf('.') + 1),
                "%%%.%%%",
                chance.hostileLine());
    }

    private Call call() {
        return chance.of(calls());
    }

    private List<Call> calls() {
        String key = chance.percent(80) ? chance.of(known.keyIds()) : "12345678-1234-1234-1234-123456789012";
        String store = chance.of(
                "cks-5eed0000000000003", "cks-5eed0000000000001", "cks-5eed0000000000004", "cks-0000000000000000a");
        List<Call> calls = new ArrayList<>(List.of(
                of("ConnectCustomKeyStore", "CustomKeyStoreId", store),
                of(
                        "DisconnectCustomKeyStore",
                        "CustomKeyStoreId",
                        chance.of("cks-5eed0000000000003", "cks-5eed0000000000005")),
                of(
                        "DeleteCustomKeyStore",
                        "CustomKeyStoreId",
                        chance.of("cks-0000000000000000a", "cks-5eed0000000000001")),
                of("DescribeCustomKeyStores", "CustomKeyStoreId", store),
                of("DescribeCustomKeyStores", "CustomKeyStoreName", "hsm-connects"),
                of(
                        "DescribeCustomKeyStores",
                        "Marker",
                        base64("after:cks-5eed0000000000001".getBytes(StandardCharsets.UTF_8))),
                of("ListKeys", "Marker", base64("after:0".getBytes(StandardCharsets.UTF_8))),
                of("UpdateCustomKeyStore", "CustomKeyStoreId", store, "NewCustomKeyStoreName", "new"),
                of("UpdateCustomKeyStore", "CustomKeyStoreId", store, "KeyStorePassword", Chance.HUSH + "1"),
                of("UpdateCustomKeyStore", "CustomKeyStoreId", store, "CloudHsmClusterId", "cluster-hsmConnects"),
                of(
                        "CreateKey",
                        "CustomKeyStoreId",
                        store,
                        "Origin",
                        "AWS_CLOUDHSM",
                        "Description",
                        "d",
                        "KeySpec",
                        "SYMMETRIC_DEFAULT"),
                of("CreateKey", "CustomKeyStoreId", store, "Origin", "EXTERNAL_KEY_STORE", "XksKeyId", "sandbox-key-3"),
                of("DescribeKey", "KeyId", key),
                of("EnableKey", "KeyId", key),
                of("DisableKey", "KeyId", "12345678-1234-1234-1234-123456789012"),
                of("CancelKeyDeletion", "KeyId", key)));
        calls.add(createCloudHsm());
        calls.add(createExternal());
        calls.add(updateExternal(store));
        calls.addAll(uses(key));
        calls.add(numbered(of("DescribeCustomKeyStores"), "Limit", 2));
        calls.add(numbered(of("ListKeys"), "Limit", 1));
        calls.add(numbered(
                of("ScheduleKeyDeletion", "KeyId", "12345678-1234-1234-1234-123456789012"), "PendingWindowInDays", 7));
        return calls;
    }

    private Call createCloudHsm() {
        return of(
                "CreateCustomKeyStore",
                "CustomKeyStoreName",
                "made-" + chance.below(5),
                "CustomKeyStoreType",
                "AWS_CLOUDHSM",
                "CloudHsmClusterId",
                "cluster-hsmConnects",
                "TrustAnchorCertificate",
                "-----BEGIN CERTIFICATE-----",
                "KeyStorePassword",
                Chance.HUSH);
    }

    private Call createExternal() {
        Call call = of(
                "CreateCustomKeyStore",
                "CustomKeyStoreName",
                "made-" + chance.below(5),
                "CustomKeyStoreType",
                "EXTERNAL_KEY_STORE",
                "XksProxyUriEndpoint",
                "https://spare-" + (1 + chance.below(3)) + ".xks.sandbox.example",
                "XksProxyUriPath",
                "/kms/xks/v1",
                "XksProxyConnectivity",
                chance.of("PUBLIC_ENDPOINT", "VPC_ENDPOINT_SERVICE"));
        call.body().set("XksProxyAuthenticationCredential", credential());
        if (call.body().path("XksProxyConnectivity").asString("").startsWith("VPC")) {
            call.body()
                    .put("XksProxyVpcEndpointServiceName", "com.amazonaws.vpce.eu-central-1.vpce-svc-0a")
                    .put("XksProxyVpcEndpointServiceOwner", "111122223333");
        }
        return call;
    }

    private Call updateExternal(String store) {
        Call call = of("UpdateCustomKeyStore", "CustomKeyStoreId", store, "XksProxyUriPath", "/a/kms/xks/v1");
        call.body().set("XksProxyAuthenticationCredential", credential());
        return call;
    }

    /** At times the one that ready proxies take, so that stores come to be. */
    private ObjectNode credential() {
        ObjectNode credential = JsonMapper.shared().createObjectNode();
        return chance.percent(50)
                ? credential
                        .put("AccessKeyId", ProxyCredential.DEFAULT.accessKeyId())
                        .put("RawSecretAccessKey", ProxyCredential.DEFAULT.secretAccessKey())
                : credential
                        .put("AccessKeyId", chance.letters(UPPER, 20))
                        .put("RawSecretAccessKey", Chance.HUSH + chance.letters(UPPER, 31));
    }

    private List<Call> uses(String key) {
        String plaintext = base64(("to be kept " + Chance.HUSH).getBytes(StandardCharsets.UTF_8));
        List<Call> uses = List.of(
                of("Encrypt", "KeyId", key, "Plaintext", plaintext, "EncryptionAlgorithm", "SYMMETRIC_DEFAULT"),
                of("Decrypt", "KeyId", key, "CiphertextBlob", chance.of(known.blobs())),
                of("Decrypt", "CiphertextBlob", base64(chance.bytes(36 + chance.below(60)))),
                of("GenerateDataKey", "KeyId", key, "KeySpec", "AES_256"),
                numbered(of("GenerateDataKey", "KeyId", key), "NumberOfBytes", 32));
        uses.forEach(use -> {
            use.body().putObject("EncryptionContext").put("purpose", "test");
            if (chance.percent(10)) {
                use.body().put("DryRun", chance.percent(50));
            }
        });
        return uses;
    }

    private static Call numbered(Call call, String name, int value) {
        call.body().put(name, value);
        return call;
    }

    private static Call of(String operation, String... members) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        for (int i = 0; i < members.length; i += 2) {
            body.put(members[i], members[i + 1]);
        }
        return new Call(operation, body);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private record Call(String operation, ObjectNode body) {}
}
