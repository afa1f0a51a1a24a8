package dev.keystores.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sandbox as a process of its own, with as many accounts as wanted, and what its KMS itself knows. */
final class Aws implements AutoCloseable {

    static final String REGION = "eu-central-1";

    private static final long FIRST_ACCOUNT = 500_000_000_000L;
    private static final int CONNECTIONS = 16;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Jvm jvm;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Aws(Jvm jvm) {
        this.jvm = jvm;
    }

    static Aws start(Path directory, int speed) throws IOException {
        var port = Jvm.freePort();
        return new Aws(Jvm.start(
                directory,
                port,
                "/_sandbox/calls",
                Jvm.jar("-Xmx640m"),
                List.of(
                        "--keystores.sandbox.only=true",
                        "--keystores.sandbox.port=" + port,
                        "--keystores.sandbox.xks-port=" + Jvm.freePort(),
                        "--keystores.sandbox.speed=" + speed)));
    }

    Jvm jvm() {
        return jvm;
    }

    URI endpoint() {
        return jvm.root();
    }

    static String account(int number) {
        return String.valueOf(FIRST_ACCOUNT + number);
    }

    /** External key stores, DISCONNECTED, in accounts from one to another. */
    void fill(int from, int to, int stores) throws Exception {
        // Account by account within each round, so that none is asked for five in a second.
        for (var store = 0; store < stores; store++) {
            var number = store;
            Together.run(
                    CONNECTIONS,
                    LongStream.range(from, to)
                            .<Callable<Void>>mapToObj(account -> () -> create(account((int) account), number))
                            .toList());
        }
    }

    /** @return false where it was throttled */
    boolean connect(String account, String id) throws Exception {
        return !send(account, "ConnectCustomKeyStore", "{\"CustomKeyStoreId\":\"%s\"}".formatted(id))
                .has("__type");
    }

    /** Empty where it was throttled. */
    String state(String account, String id) throws Exception {
        return send(account, "DescribeCustomKeyStores", "{\"CustomKeyStoreId\":\"%s\"}".formatted(id))
                .at("/CustomKeyStores/0/ConnectionState")
                .asString("");
    }

    List<String> stores(String account) throws Exception {
        return send(account, "DescribeCustomKeyStores", "{}")
                .get("CustomKeyStores")
                .valueStream()
                .map(store -> store.get("CustomKeyStoreId").asString())
                .toList();
    }

    /** How often an operation was called in accounts from one to another. */
    long calls(String operation, int from, int to) throws Exception {
        var accounts = IntStream.range(from, to).mapToObj(Aws::account).toList();
        return get("/_sandbox/calls")
                .valueStream()
                .flatMap(node -> node.isArray() ? node.valueStream() : Stream.of(node))
                .filter(count -> count.get("operation").asString().equals(operation)
                        && accounts.contains(count.get("account").asString()))
                .mapToLong(count -> count.get("total").asLong())
                .sum();
    }

    /** When KMS itself had its CONNECTED stores so, whatever it showed. */
    Map<String, Instant> connected() throws Exception {
        return get("/_sandbox")
                .get("worlds")
                .valueStream()
                .flatMap(world -> world.get("stores").valueStream())
                .filter(store -> store.get("connectionState").asString().equals("CONNECTED"))
                .collect(Collectors.toMap(
                        store -> store.get("id").asString(),
                        store -> Instant.parse(store.get("since").asString())));
    }

    @Override
    public void close() {
        http.close();
        jvm.close();
    }

    private Void create(String account, int number) throws Exception {
        var body = """
                {"CustomKeyStoreName":"store-%d","CustomKeyStoreType":"EXTERNAL_KEY_STORE",
                 "XksProxyConnectivity":"PUBLIC_ENDPOINT","XksProxyUriEndpoint":"https://connects.xks.sandbox.example",
                 "XksProxyUriPath":"/s%d/kms/xks/v1","XksProxyAuthenticationCredential":{
                 "AccessKeyId":"SANDBOXACCESSKEY2222",
                 "RawSecretAccessKey":"SANDBOX/SANDBOX/SANDBOX/SANDBOX/SANDBOX/SANDBOX="}}""".formatted(number, number);
        // Each create calls the proxy, which on busy processors may answer too late.
        while (!send(account, "CreateCustomKeyStore", body).has("CustomKeyStoreId")) {
            Thread.onSpinWait();
        }
        return null;
    }

    private JsonNode get(String path) throws Exception {
        var request = HttpRequest.newBuilder(endpoint().resolve(path)).build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private JsonNode send(String account, String operation, String body) throws Exception {
        var request = HttpRequest.newBuilder(endpoint())
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "TrentService." + operation)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=%s/20260101/%s/kms/aws4_request, SignedHeaders=host, Signature=0"
                                .formatted(account, REGION))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var text = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return JSON.readTree(text.isEmpty() ? "{}" : text);
    }
}
