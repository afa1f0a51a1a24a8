package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;

class RestartTest {

    private final SettableClock clock = new SettableClock();

    @TempDir
    private Path dataDir;

    @Test
    void carriesStatesCausesAndDueTimesOverARestart() {
        try (RunningSandbox first = RunningSandbox.on(dataDir, clock)) {
            connect(first, RunningSandbox.HSM_CONNECTS);
            first.control().neverEnds(RunningSandbox.HSM_KMSUSER_LOGGED_IN);
            first.control().proxy("mine.example").answersIn(Duration.ofMillis(7));
            first.control().cluster("cluster-hsmConnects").activeHsms(1);
        }
        clock.advance(RunningSandbox.HSM_CONNECT.minusMillis(1));

        try (RunningSandbox second = RunningSandbox.on(dataDir, clock)) {
            assertThat(second.state(RunningSandbox.HSM_CONNECTS)).isEqualTo("CONNECTING");
            clock.advance(Duration.ofMillis(1));
            assertThat(second.state(RunningSandbox.HSM_CONNECTS)).isEqualTo("CONNECTED");
            assertThat(second.store(RunningSandbox.HSM_KMSUSER_LOGGED_IN).connectNeverEnds())
                    .isTrue();
            assertThat(second.control().seen().proxies())
                    .anyMatch(proxy -> proxy.host().equals("mine.example") && proxy.answerMillis() == 7);
        }
    }

    @Test
    void plantsNothingAgain() {
        try (RunningSandbox first = RunningSandbox.on(dataDir, clock)) {
            first.kms(RunningSandbox.EUROPE)
                    .deleteCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.HSM_CONNECTS));
            first.control().proxy("slow.xks.sandbox.example").remove();
        }
        try (RunningSandbox second = RunningSandbox.on(dataDir, clock)) {
            assertThat(second.world(RunningSandbox.ACCOUNT, RunningSandbox.EUROPE)
                            .stores())
                    .hasSize(2);
            assertThat(second.control().seen().proxies())
                    .filteredOn(proxy -> proxy.host().startsWith("slow"))
                    .allMatch(SeenProxy::down);
        }
    }

    /** What is in the file at this moment is what a kill -9 leaves. */
    @Test
    void losesNothingAcknowledgedToAKill(@TempDir Path afterKill) throws IOException {
        try (RunningSandbox running = RunningSandbox.on(dataDir, clock)) {
            for (int i = 0; i < 60; i++) {
                String name = "name-" + i;
                running.kms(RunningSandbox.EUROPE)
                        .updateCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.HSM_CONNECTS)
                                .newCustomKeyStoreName(name));
                clock.advance(Duration.ofMillis(200));

                assertThat(nameAfterKill(afterKill.resolve("kill-" + i))).isEqualTo(name);
            }
        }
    }

    @Test
    void keepsTheDataToTheOwner() throws IOException {
        try (RunningSandbox running = RunningSandbox.on(dataDir, clock)) {
            assertThat(running.sandbox.endpoint()).isNotNull();
            assertThat(Files.getPosixFilePermissions(dataDir.resolve("sandbox.mv.db")))
                    .hasToString("[OWNER_READ, OWNER_WRITE]");
        }
    }

    @Test
    void staysSmallHoweverOftenItChanges() throws IOException {
        try (RunningSandbox running = RunningSandbox.on(dataDir, clock)) {
            for (int i = 0; i < 3000; i++) {
                running.control().cluster("cluster-hsmConnects").activeHsms(i % 3);
            }
            assertThat(Files.size(dataDir.resolve("sandbox.mv.db"))).isLessThan(4 << 20);
        }
    }

    @Test
    void saysWhichSettingToChangeWhenTheDataIsInUse() {
        try (RunningSandbox first = RunningSandbox.on(dataDir, clock)) {
            assertThat(first.control()).isNotNull();
            assertThatThrownBy(() -> RunningSandbox.on(dataDir, clock))
                    .isInstanceOf(SandboxCannotStart.class)
                    .hasMessageContaining("in use by another process")
                    .hasMessageContaining("keystores.data-dir");
        }
    }

    @Test
    void saysWhichSettingToChangeWhenThePortIsTakenAndLetsTheDataGo() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket taken = new ServerSocket(0, 1, loopback)) {
            SandboxOptions options = new SandboxOptions(loopback, taken.getLocalPort(), 60, dataDir, clock);
            assertThatThrownBy(() -> Sandbox.start(options))
                    .isInstanceOf(SandboxCannotStart.class)
                    .hasMessageContaining("keystores.sandbox.port");
        }
        RunningSandbox.on(dataDir, clock).close();
    }

    @Test
    void refusesDataOfAnotherVersion(@TempDir Path dataDir) {
        try (MVStore other = new MVStore.Builder()
                .fileName(dataDir.resolve("sandbox.mv.db").toString())
                .open()) {
            other.openMap("worlds").put("111122223333/eu-central-1", "{}");
        }

        assertThatThrownBy(() -> RunningSandbox.on(dataDir, new SettableClock()))
                .isInstanceOf(SandboxCannotStart.class)
                .hasMessageContaining("another version of the sandbox has made it")
                .hasMessageContaining("keystores.data-dir");
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        InetAddress loopback = InetAddress.getLoopbackAddress();

        assertThatThrownBy(() -> new SandboxOptions(loopback, 0, 0, null, clock))
                .hasMessageContaining("keystores.sandbox.speed");
        assertThatThrownBy(() -> new SandboxOptions(loopback, 70000, 60, null, clock))
                .hasMessageContaining("keystores.sandbox.port");
    }

    private String nameAfterKill(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.copy(dataDir.resolve("sandbox.mv.db"), directory.resolve("sandbox.mv.db"));
        try (RunningSandbox survivor = RunningSandbox.on(directory, clock)) {
            return survivor.store(RunningSandbox.HSM_CONNECTS).name();
        }
    }

    private static void connect(RunningSandbox running, String id) {
        KmsClient kms = running.kms(RunningSandbox.EUROPE);
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
    }
}
