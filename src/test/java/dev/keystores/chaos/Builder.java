package dev.keystores.chaos;

import dev.keystores.chaos.Ground.Account;
import dev.keystores.chaos.Ground.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreType;
import software.amazon.awssdk.services.kms.model.XksProxyConnectivityType;
import software.amazon.awssdk.services.kms.model.XksProxyUriUnreachableException;
import tools.jackson.databind.JsonNode;

/** Makes the key stores of an account, as its owner does: over the AWS SDK. */
final class Builder {

    private static final SdkHttpClient CONNECTIONS = ApacheHttpClient.create();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int EXTERNAL = 3;

    private final SandboxProcess sandbox;
    private final Account account;
    private final KmsClient kms;

    Builder(SandboxProcess sandbox, Account account) {
        this.sandbox = sandbox;
        this.account = account;
        this.kms = KmsClient.builder()
                .httpClient(CONNECTIONS)
                .endpointOverride(sandbox.root())
                .region(Region.of(Ground.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(account.id(), "any")))
                .build();
    }

    List<Store> stores() {
        kms.describeCustomKeyStores(); // from then on the account exists
        return Stream.concat(
                        Stream.of("spareA", "spareB").map(this::onCluster),
                        IntStream.rangeClosed(1, EXTERNAL).mapToObj(this::behindProxy))
                .toList();
    }

    private Store onCluster(String name) {
        var cluster = cluster(name);
        var id = create(call -> call.customKeyStoreName("hsm " + name)
                .customKeyStoreType(CustomKeyStoreType.AWS_CLOUDHSM)
                .cloudHsmClusterId(cluster.get("id").asString())
                .trustAnchorCertificate(cluster.get("trustAnchorCertificate").asString())
                .keyStorePassword("kmsPassword1"));
        return new Store(
                id,
                account.target(),
                "clusters/" + cluster.get("id").asString(),
                Map.of("kmsuserLoggedIn", true),
                Map.of("kmsuserLoggedIn", false));
    }

    private Store behindProxy(int number) {
        var host = "chaos-%s-%d.spare.xks.sandbox.example".formatted(account.id(), number);
        var id = create(call -> call.customKeyStoreName("xks " + number)
                .customKeyStoreType(CustomKeyStoreType.EXTERNAL_KEY_STORE)
                .xksProxyConnectivity(XksProxyConnectivityType.PUBLIC_ENDPOINT)
                .xksProxyUriEndpoint("https://" + host)
                .xksProxyUriPath("/kms/xks/v1")
                .xksProxyAuthenticationCredential(half -> half.accessKeyId("SANDBOXACCESSKEY2222")
                        .rawSecretAccessKey("SANDBOX/SANDBOX/SANDBOX/SANDBOX/SANDBOX/SANDBOX=")));
        return new Store(
                id,
                account.target(),
                "proxies/" + host,
                Map.of("behaviour", "ACCESS_DENIED"),
                Map.of("behaviour", "NORMAL"));
    }

    private JsonNode cluster(String name) {
        return sandbox.worlds()
                .filter(world -> world.get("account").asString().equals(account.id()))
                .flatMap(world -> world.get("clusters").valueStream())
                .filter(cluster -> cluster.get("id").asString().contains(name))
                .findFirst()
                .orElseThrow();
    }

    /** KMS asks the proxy first, which has 250 ms of real time: too short now and then while processes start. */
    private String create(Consumer<CreateCustomKeyStoreRequest.Builder> what) {
        var id = new AtomicReference<String>();
        var made = Waiting.until(PATIENCE, () -> {
            try {
                id.set(kms.createCustomKeyStore(what).customKeyStoreId());
                return true;
            } catch (XksProxyUriUnreachableException busy) {
                return false;
            }
        });
        if (!made) {
            throw new IllegalStateException("a key store of " + account + " could not be made");
        }
        return id.get();
    }
}
