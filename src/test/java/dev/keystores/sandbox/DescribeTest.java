package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreNotFoundException;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.DescribeCustomKeyStoresResponse;
import software.amazon.awssdk.services.kms.model.InvalidMarkerException;
import software.amazon.awssdk.services.kms.model.KmsException;

class DescribeTest {

    private final RunningSandbox running = RunningSandbox.fresh();
    private final KmsClient kms = running.kms(RunningSandbox.EUROPE);

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void pagesThroughAllStores() {
        DescribeCustomKeyStoresResponse first = kms.describeCustomKeyStores(call -> call.limit(2));
        DescribeCustomKeyStoresResponse last =
                kms.describeCustomKeyStores(call -> call.limit(2).marker(first.nextMarker()));

        assertThat(ids(first)).containsExactly(RunningSandbox.HSM_CONNECTS, RunningSandbox.HSM_KMSUSER_LOGGED_IN);
        assertThat(first.truncated()).isTrue();
        assertThat(ids(last)).containsExactly(RunningSandbox.XKS_SLOW_PROXY);
        assertThat(last.truncated()).isFalse();
        assertThat(last.nextMarker()).isNull();
        assertThat(kms.describeCustomKeyStoresPaginator(call -> call.limit(1)).customKeyStores())
                .hasSize(3);
    }

    @Test
    void skipsNoStoreWhenOneIsDeletedBetweenPages() {
        String marker = kms.describeCustomKeyStores(call -> call.limit(2)).nextMarker();
        kms.deleteCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.HSM_KMSUSER_LOGGED_IN));

        assertThat(ids(kms.describeCustomKeyStores(call -> call.marker(marker))))
                .containsExactly(RunningSandbox.XKS_SLOW_PROXY);
    }

    @Test
    void findsOneByIdOrByNameButNotByBoth() {
        assertThat(ids(kms.describeCustomKeyStores(call -> call.customKeyStoreName("xks-slow-proxy"))))
                .containsExactly(RunningSandbox.XKS_SLOW_PROXY);
        assertThatThrownBy(() -> kms.describeCustomKeyStores(
                        call -> call.customKeyStoreName("hsm-connects").customKeyStoreId(RunningSandbox.HSM_CONNECTS)))
                .isInstanceOfSatisfying(
                        KmsException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo("ValidationException"));
        assertThatThrownBy(() -> kms.describeCustomKeyStores(call -> call.customKeyStoreName("nobody")))
                .isInstanceOf(CustomKeyStoreNotFoundException.class);
        assertThatThrownBy(() -> kms.describeCustomKeyStores(call -> call.customKeyStoreId("cks-nobody")))
                .isInstanceOf(CustomKeyStoreNotFoundException.class);
    }

    @Test
    void refusesAMarkerOfSomebodyElse() {
        assertThatThrownBy(() -> kms.describeCustomKeyStores(call -> call.marker("mine")))
                .isInstanceOf(InvalidMarkerException.class);
        assertThatThrownBy(() -> kms.describeCustomKeyStores(call -> call.marker("%%%")))
                .isInstanceOf(InvalidMarkerException.class);
    }

    @Test
    void showsTheStatesOfBeforeWhileStale() {
        running.control().staleDescribes(RunningSandbox.ACCOUNT, RunningSandbox.EUROPE, Duration.ofSeconds(3));
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.HSM_CONNECTS));

        assertThat(stateShown()).isEqualTo("DISCONNECTED");
        running.clock.advance(Duration.ofMillis(2999));
        assertThat(stateShown()).isEqualTo("DISCONNECTED");
        running.clock.advance(Duration.ofMillis(1));
        assertThat(stateShown()).isEqualTo("CONNECTING");
    }

    private String stateShown() {
        return kms.describeCustomKeyStores().customKeyStores().getFirst().connectionStateAsString();
    }

    private static List<String> ids(DescribeCustomKeyStoresResponse page) {
        return page.customKeyStores().stream()
                .map(CustomKeyStoresListEntry::customKeyStoreId)
                .toList();
    }
}
