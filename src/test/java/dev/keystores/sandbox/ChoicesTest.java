package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.kms.model.Choices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CloudHsmClusterInvalidConfigurationException;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreInvalidStateException;

/** What the sandbox does otherwise where AWS's texts disagree, once it is told to. */
class ChoicesTest {

    @Test
    void refusesToConnectToAClusterWithoutAnActiveHsm() {
        try (RunningSandbox running = RunningSandbox.choosing(new Choices(true, false))) {
            KmsClient kms = running.kms(RunningSandbox.AMERICA);
            String id = RunningSandbox.HSM_WITHOUT_ACTIVE_HSM;

            assertThatThrownBy(() -> kms.connectCustomKeyStore(call -> call.customKeyStoreId(id)))
                    .isInstanceOf(CloudHsmClusterInvalidConfigurationException.class);

            assertThat(running.state(id)).isEqualTo("DISCONNECTED");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECTING", "FAILED", "DISCONNECTING"})
    void updatesTheNameInEachState(String state) {
        try (RunningSandbox running = RunningSandbox.choosing(new Choices(false, true))) {
            KmsClient kms = running.kms(RunningSandbox.EUROPE);
            String id = RunningSandbox.XKS_SLOW_PROXY;
            kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
            if (!state.equals("CONNECTING")) {
                running.clock.advance(RunningSandbox.XKS_CONNECT);
                running.control().seen();
            }
            if (state.equals("DISCONNECTING")) {
                kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(id));
            }
            assertThat(running.state(id)).isEqualTo(state);

            kms.updateCustomKeyStore(call -> call.customKeyStoreId(id).newCustomKeyStoreName("renamed"));

            assertThat(running.store(id).name()).isEqualTo("renamed");
            assertThatThrownBy(() -> kms.updateCustomKeyStore(call ->
                            call.customKeyStoreId(id).xksProxyUriEndpoint("https://spare-1.xks.sandbox.example")))
                    .isInstanceOf(CustomKeyStoreInvalidStateException.class);
        }
    }
}
