package dev.keystores.job;

import static dev.keystores.kms.Operation.ConnectCustomKeyStore;
import static dev.keystores.kms.Operation.DescribeCustomKeyStores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keystores.keystore.KeyStoreId;
import dev.keystores.kms.KmsException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

@RunningService
@TestPropertySource(properties = {"keystores.poll.hot=500ms", "keystores.poll.warm=500ms"})
class PollingTest {

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final int STORES = 10;

    @Autowired
    private Bench bench;

    @Autowired
    private Wakes wakes;

    @Test
    void looksAtTenStoresInTransitOnceAnInterval() {
        var place = bench.place("t-025");
        var ids = IntStream.range(0, STORES).mapToObj(store -> created(place)).toList();
        ids.forEach(id -> place.control().neverEnds(id.value()));
        assertThat(wakes.lookAndWait(List.of(place.target().name()), Duration.ofSeconds(30)))
                .containsExactly(place.target().name());
        ids.forEach(id -> place.submit(new Change.Connect(), id));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> place.calls(ConnectCustomKeyStore).ok() == STORES);

        var looks = place.calls(DescribeCustomKeyStores).total();
        var start = System.nanoTime();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> place.calls(DescribeCustomKeyStores).total() >= looks + 4);

        var took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(place.calls(DescribeCustomKeyStores).total() - looks)
                .isLessThanOrEqualTo(took.dividedBy(INTERVAL) + 1);
        assertThat(ids).allSatisfy(id -> assertThat(place.stateInKms(id)).isEqualTo("CONNECTING"));
        assertThat(place.calls(ConnectCustomKeyStore).ok()).isEqualTo(STORES);
    }

    /** A machine that is busy starting can hold a call back for so long that the quota is broken on arrival. */
    private static KeyStoreId created(Place place) {
        return await().ignoreExceptionsInstanceOf(KmsException.class)
                .until(() -> place.unseenExternal(Place.newHost()), id -> true);
    }
}
