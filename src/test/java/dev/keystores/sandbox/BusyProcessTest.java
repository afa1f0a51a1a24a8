package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service in the same process has work for every virtual thread there can be. */
class BusyProcessTest {

    private static final Duration AT_MOST = Duration.ofSeconds(20);

    private final RunningSandbox running = RunningSandbox.fresh();
    private final AtomicBoolean busy = new AtomicBoolean(true);

    @BeforeEach
    void takeAllVirtualThreads() {
        long end = System.nanoTime() + AT_MOST.toNanos();
        IntStream.range(0, 2 * Runtime.getRuntime().availableProcessors())
                .forEach(each -> Thread.startVirtualThread(() -> {
                    while (busy.get() && System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    busy.set(false);
                }));
    }

    @AfterEach
    void stop() {
        busy.set(false);
        running.close();
    }

    @Test
    void connectsThroughAProxyMeanwhile() {
        running.kms(RunningSandbox.AMERICA)
                .connectCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.XKS_CONNECTS));
        running.clock.advance(RunningSandbox.XKS_CONNECT);

        await().atMost(AT_MOST)
                .until(() -> !running.state(RunningSandbox.XKS_CONNECTS).equals("CONNECTING"));

        assertThat(running.state(RunningSandbox.XKS_CONNECTS)).isEqualTo("CONNECTED");
        assertThat(busy).isTrue();
    }
}
