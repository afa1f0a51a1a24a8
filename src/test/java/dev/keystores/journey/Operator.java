package dev.keystores.journey;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreType;
import software.amazon.awssdk.services.kms.model.XksProxyConnectivityType;
import software.amazon.awssdk.services.kms.model.XksProxyUriUnreachableException;
import tools.jackson.databind.JsonNode;

/** Somebody with an account of their own and one key store in it, and with other tools than ours. */
final class Operator {

    static final String REGION = "eu-central-1";

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final SdkHttpClient CONNECTIONS =
            ApacheHttpClient.builder().maxConnections(256).build();

    private final SandboxDoor door;
    private final String account;
    private final KmsClient kms;
    private final OwnCluster cluster;
    private final OwnProxy proxy;
    private final OwnService service;
    private String store = "";

    Operator(SandboxDoor door, String account) {
        this.door = door;
        this.account = account;
        this.kms = client(KmsClient.builder());
        this.cluster = OwnCluster.find(door, client(CloudHsmV2Client.builder()));
        this.proxy = new OwnProxy(door, account);
        this.service = new OwnService(door, account, proxy);
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.httpClient(CONNECTIONS)
                .endpointOverride(door.root())
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "any")))
                .build();
    }

    OwnCluster cluster() {
        return cluster;
    }

    OwnProxy proxy() {
        return proxy;
    }

    OwnService service() {
        return service;
    }

    /** Its id. */
    String store() {
        return store;
    }

    JsonNode storeAtSandbox() {
        return door.store(store);
    }

    void createStore(Cause.Backing backing, String name) {
        var on = on(backing);
        store = patiently(() -> kms.createCustomKeyStore(call -> on.accept(call.customKeyStoreName(name)))
                .customKeyStoreId());
    }

    private Consumer<CreateCustomKeyStoreRequest.Builder> on(Cause.Backing backing) {
        return switch (backing) {
            case CLUSTER ->
                call -> call.customKeyStoreType(CustomKeyStoreType.AWS_CLOUDHSM)
                        .cloudHsmClusterId(cluster.id())
                        .trustAnchorCertificate(cluster.trustAnchor())
                        .keyStorePassword(OwnCluster.FIRST_PASSWORD);
            case PROXY -> {
                proxy.make();
                yield call -> behindProxy(call).xksProxyConnectivity(XksProxyConnectivityType.PUBLIC_ENDPOINT);
            }
            case PROXY_BEHIND_SERVICE -> {
                proxy.make();
                service.make();
                yield call -> behindProxy(call)
                        .xksProxyConnectivity(XksProxyConnectivityType.VPC_ENDPOINT_SERVICE)
                        .xksProxyVpcEndpointServiceName(service.name())
                        .xksProxyVpcEndpointServiceOwner(OwnService.OWNER);
            }
        };
    }

    private CreateCustomKeyStoreRequest.Builder behindProxy(CreateCustomKeyStoreRequest.Builder call) {
        return call.customKeyStoreType(CustomKeyStoreType.EXTERNAL_KEY_STORE)
                .xksProxyUriEndpoint("https://" + proxy.host())
                .xksProxyUriPath("/kms/xks/v1")
                .xksProxyAuthenticationCredential(
                        half -> half.accessKeyId(OwnProxy.KEY_ID).rawSecretAccessKey(OwnProxy.SECRET));
    }

    void tellKms(Cause.Update update) {
        patiently(() -> kms.updateCustomKeyStore(call -> update.of(call.customKeyStoreId(store), this)));
    }

    /** KMS asks the proxy first, which has 250 ms of real time: too short now and then where all of it runs on one machine. */
    private static <T> T patiently(Callable<T> call) {
        return await().atMost(SOON)
                .pollInterval(POLL)
                .pollDelay(Duration.ZERO)
                .ignoreException(XksProxyUriUnreachableException.class)
                .until(call, answer -> true);
    }

    /** As a tool that doesn't look why a connect has failed. */
    void connectAndDisconnect() {
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(store));
        await().atMost(SOON).pollInterval(POLL).until(() -> state() == ConnectionStateType.FAILED);
        kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(store));
        await().atMost(SOON).pollInterval(POLL).until(() -> state() == ConnectionStateType.DISCONNECTED);
    }

    private ConnectionStateType state() {
        return kms.describeCustomKeyStores(call -> call.customKeyStoreId(store))
                .customKeyStores()
                .getFirst()
                .connectionState();
    }

    void impairKms(boolean impaired) {
        door.put("worlds/" + account + "/" + REGION, Map.of("impaired", impaired));
    }
}
