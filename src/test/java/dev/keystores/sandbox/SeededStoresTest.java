package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.kms.Seen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;

class SeededStoresTest {

    private final RunningSandbox running = RunningSandbox.fresh();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void holdsSixDisconnectedStoresInTwoRegions() {
        List<Seen.World> worlds = running.control().seen().worlds();

        assertThat(worlds).extracting(Seen.World::region).containsExactly("eu-central-1", "us-east-1");
        assertThat(worlds).extracting(Seen.World::account).containsOnly("111122223333");
        assertThat(worlds.getFirst().stores())
                .extracting(Seen.Store::name)
                .containsExactly("hsm-connects", "hsm-kmsuser-logged-in", "xks-slow-proxy");
        assertThat(worlds.getLast().stores())
                .extracting(Seen.Store::name)
                .containsExactly("xks-connects", "xks-expired-certificate", "hsm-without-active-hsm");
        assertThat(worlds.stream().flatMap(world -> world.stores().stream()))
                .extracting(store -> store.connectionState().name())
                .containsOnly("DISCONNECTED");
    }

    @ParameterizedTest(name = "{1} ends {2} {3} after {4} s")
    @CsvSource(
            nullValues = "-",
            value = {
                "eu-central-1, cks-5eed0000000000001, CONNECTED, -, 20",
                "eu-central-1, cks-5eed0000000000002, FAILED, USER_LOGGED_IN, 15",
                "eu-central-1, cks-5eed0000000000003, FAILED, XKS_PROXY_TIMED_OUT, 2.5",
                "us-east-1, cks-5eed0000000000004, CONNECTED, -, 5",
                "us-east-1, cks-5eed0000000000005, FAILED, XKS_PROXY_INVALID_TLS_CONFIGURATION, 2.5",
                "us-east-1, cks-5eed0000000000006, FAILED, INSUFFICIENT_CLOUDHSM_HSMS, 2"
            })
    void endsAConnectAsItsNameSays(String region, String id, String state, String code, double seconds) {
        KmsClient kms = running.kms(region);
        Duration takes = Duration.ofMillis(Math.round(seconds * 1000));
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));

        running.clock.advance(takes.minusMillis(1));
        assertThat(describe(kms, id).connectionStateAsString()).isEqualTo("CONNECTING");
        running.clock.advance(Duration.ofMillis(1));
        CustomKeyStoresListEntry ended = describe(kms, id);

        assertThat(ended.connectionStateAsString()).isEqualTo(state);
        assertThat(ended.connectionErrorCodeAsString()).isEqualTo(code);
    }

    @Test
    void describesWhatKmsDescribesAndNoSecret() {
        CustomKeyStoresListEntry hsm = describe(running.kms("eu-central-1"), RunningSandbox.HSM_CONNECTS);
        CustomKeyStoresListEntry external = describe(running.kms("us-east-1"), RunningSandbox.XKS_CONNECTS);

        assertThat(hsm.customKeyStoreName()).isEqualTo("hsm-connects");
        assertThat(hsm.customKeyStoreTypeAsString()).isEqualTo("AWS_CLOUDHSM");
        assertThat(hsm.cloudHsmClusterId()).isEqualTo("cluster-hsmConnects");
        assertThat(hsm.trustAnchorCertificate()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(hsm.creationDate()).isEqualTo(running.clock.instant());
        assertThat(hsm.xksProxyConfiguration()).isNull();
        assertThat(external.customKeyStoreTypeAsString()).isEqualTo("EXTERNAL_KEY_STORE");
        assertThat(external.xksProxyConfiguration().connectivityAsString()).isEqualTo("PUBLIC_ENDPOINT");
        assertThat(external.xksProxyConfiguration().uriEndpoint()).isEqualTo("https://connects.xks.sandbox.example");
        assertThat(external.xksProxyConfiguration().uriPath()).isEqualTo("/kms/xks/v1");
        assertThat(external.xksProxyConfiguration().accessKeyId()).isEqualTo("SANDBOXACCESSKEY2222");
        assertThat(external.cloudHsmClusterId()).isNull();
    }

    @Test
    void connectsOnceTheCauseIsGone() {
        KmsClient kms = running.kms("us-east-1");
        String id = RunningSandbox.HSM_WITHOUT_ACTIVE_HSM;
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
        running.clock.advance(Duration.ofSeconds(10));
        kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(id));
        running.clock.advance(RunningSandbox.HSM_DISCONNECT);

        running.control().cluster("cluster-noActiveHsm").activeHsms(1);
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
        running.clock.advance(RunningSandbox.HSM_CONNECT);

        assertThat(running.state(id)).isEqualTo("CONNECTED");
    }

    private static CustomKeyStoresListEntry describe(KmsClient kms, String id) {
        return kms.describeCustomKeyStores(call -> call.customKeyStoreId(id))
                .customKeyStores()
                .getFirst();
    }
}
