package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.kms.Seen;
import dev.keystores.sandbox.xks.ProxyCredential;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;

class ConcurrencyTest {

    private static final int ACCOUNTS = 16;
    private static final int STORES = 4;

    private final SettableClock clock = new SettableClock();

    @Test
    void keepsTheWorldsOfManyAccountsApart(@TempDir Path dataDir) throws Exception {
        try (RunningSandbox running = RunningSandbox.on(dataDir, clock)) {
            everyAccount(account -> {
                KmsClient kms = running.kms(account, RunningSandbox.EUROPE);
                for (int i = 0; i < STORES; i++) {
                    connectNewStore(kms, account, i);
                }
            });
            clock.advance(RunningSandbox.XKS_CONNECT);
            holdEveryStoreConnected(running);
        }
        try (RunningSandbox again = RunningSandbox.on(dataDir, clock)) {
            holdEveryStoreConnected(again);
        }
    }

    @Test
    void grantsTheQuotaExactlyToCallersAtTheSameMoment() throws Exception {
        try (RunningSandbox running = RunningSandbox.fresh()) {
            everyAccount(account -> {
                try {
                    running.kms(RunningSandbox.EUROPE).describeCustomKeyStores();
                } catch (KmsException throttled) {
                    assertThat(throttled.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
                }
            });

            var count =
                    running.control().calls("DescribeCustomKeyStores", RunningSandbox.ACCOUNT, RunningSandbox.EUROPE);
            assertThat(count.ok()).isEqualTo(5);
            assertThat(count.refused()).isEqualTo(ACCOUNTS - 5);
            assertThat(count.mostInOneSecond()).isEqualTo(ACCOUNTS);
        }
    }

    @Test
    void closesAtOnceWhileAnAnswerIsHeldBack() throws Exception {
        RunningSandbox running = RunningSandbox.fresh();
        running.control().delayAnswers(Duration.ofHours(1));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> call = threads.submit(() -> running.kms(RunningSandbox.EUROPE)
                    .connectCustomKeyStore(connect -> connect.customKeyStoreId(RunningSandbox.HSM_CONNECTS)));
            while (!running.state(RunningSandbox.HSM_CONNECTS).equals("CONNECTING")) {
                Thread.onSpinWait();
            }

            long started = System.nanoTime();
            running.close();

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
            assertThat(call).failsWithin(Duration.ofSeconds(10));
        }
    }

    private static void connectNewStore(KmsClient kms, String account, int number) {
        String id = kms.createCustomKeyStore(call -> call.customKeyStoreName(account + "-" + number)
                        .customKeyStoreType("EXTERNAL_KEY_STORE")
                        .xksProxyConnectivity("PUBLIC_ENDPOINT")
                        .xksProxyUriEndpoint("https://spare-1.xks.sandbox.example")
                        .xksProxyUriPath("/store-" + number + "/kms/xks/v1")
                        .xksProxyAuthenticationCredential(
                                half -> half.accessKeyId(ProxyCredential.DEFAULT.accessKeyId())
                                        .rawSecretAccessKey(ProxyCredential.DEFAULT.secretAccessKey())))
                .customKeyStoreId();
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
    }

    private static void holdEveryStoreConnected(RunningSandbox running) {
        for (String account : accounts()) {
            assertThat(running.world(account, RunningSandbox.EUROPE).stores())
                    .hasSize(STORES)
                    .allMatch(store -> store.name().startsWith(account))
                    .extracting(Seen.Store::connectionState)
                    .extracting(Enum::name)
                    .containsOnly("CONNECTED");
        }
    }

    private static void everyAccount(Consumer<String> task) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<?> done : accounts().stream()
                    .map(account -> threads.submit(() -> task.accept(account)))
                    .toList()) {
                done.get();
            }
        }
    }

    private static List<String> accounts() {
        return IntStream.range(0, ACCOUNTS)
                .mapToObj(number -> "2222333344%02d".formatted(number))
                .toList();
    }
}
