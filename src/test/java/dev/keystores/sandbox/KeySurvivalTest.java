package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.keystores.sandbox.KeyBench.Kind;
import dev.keystores.sandbox.xks.key.ExternalKey;
import dev.keystores.sandbox.xks.key.KeyStatus;
import dev.keystores.sandbox.xks.key.KeyUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** Keys outlive the sandbox that made them, and what they keep is nowhere to be seen. */
@Isolated("reads the log of the whole process")
class KeySurvivalTest {

    private static final Map<String, String> CONTEXT = Map.of("department", "finance");
    private static final String MATERIAL = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final SettableClock clock = new SettableClock();

    @TempDir
    private Path dataDir;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void carriesKeysOverARestart(Kind kind) {
        SdkBytes blob;
        KeyMetadata enabled;
        KeyMetadata disabled;
        KeyMetadata pending;
        try (RunningSandbox first = RunningSandbox.on(dataDir, clock)) {
            KeyBench bench = KeyBench.connected(first, kind);
            enabled = bench.create(bench.newKey("sandbox-key-1").andThen(call -> call.description("kept")));
            String second = bench.createKey("sandbox-key-2");
            String third = bench.createKey("sandbox-key-3");
            bench.kms.disableKey(call -> call.keyId(second));
            bench.kms.scheduleKeyDeletion(call -> call.keyId(third).pendingWindowInDays(7));
            disabled = bench.describe(second);
            pending = bench.describe(third);
            blob = bench.encrypt(enabled.keyId(), KeyBench.TEXT, CONTEXT);
        }

        try (RunningSandbox again = RunningSandbox.on(dataDir, clock)) {
            KeyBench bench = new KeyBench(again, kind);
            assertThat(bench.describe(enabled.keyId())).isEqualTo(enabled);
            assertThat(bench.describe(disabled.keyId())).isEqualTo(disabled);
            assertThat(bench.describe(pending.keyId())).isEqualTo(pending);
            assertThat(bench.decrypt(blob, CONTEXT)).isEqualTo(KeyBench.TEXT);
            clock.advance(Duration.ofDays(7).dividedBy(60));
            assertThat(KeyBench.refusal(() -> bench.describe(pending.keyId()))).isEqualTo("NotFoundException");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void opensOnAnotherSandboxNothingOfThisOne(Kind kind, @TempDir Path elsewhere) {
        SdkBytes blob;
        try (RunningSandbox first = RunningSandbox.on(dataDir, clock)) {
            KeyBench bench = KeyBench.connected(first, kind);
            blob = bench.encrypt(bench.createKey());
        }
        try (RunningSandbox other = RunningSandbox.on(elsewhere, clock)) {
            KeyBench bench = KeyBench.connected(other, kind);
            bench.createKey();

            assertThat(KeyBench.refusal(() -> bench.decrypt(blob))).isEqualTo("InvalidCiphertextException");
        }
    }

    @Test
    void showsNeitherPlaintextNorMaterialInLogsNorToTheControlRoom() {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.keystores");
        Level before = logger.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.TRACE);
        try (RunningSandbox running = RunningSandbox.on(dataDir, clock)) {
            KeyBench hsm = KeyBench.connected(running, Kind.HSM);
            KeyBench xks = KeyBench.connected(running, Kind.XKS);
            xks.proxy()
                    .key(new ExternalKey(
                            "mine",
                            MATERIAL,
                            KeyStatus.ENABLED,
                            EnumSet.of(KeyUsage.ENCRYPT, KeyUsage.DECRYPT),
                            ExternalKey.AES_256));
            useAndFail(hsm, hsm.createKey());
            useAndFail(xks, xks.createKey("mine"));

            String seen = running.send("GET", "/_sandbox", "").body().toString();
            String logged = String.join(
                    "\n", log.list.stream().map(ILoggingEvent::toString).toList());
            assertThat(seen).contains("\"keyState\":\"Enabled\"", "\"xksKeyId\":\"mine\"");
            assertThat(logged).contains("Encrypt in");
            for (String secret : secrets()) {
                assertThat(seen).doesNotContain(secret);
                assertThat(logged).doesNotContain(secret);
            }
            assertThat(seen).contains("\"secrets\":[]");
            assertThat(seen.replace("\"secrets\":[]", ""))
                    .doesNotContainIgnoringCase("material")
                    .doesNotContainIgnoringCase("secret");
        } finally {
            logger.setLevel(before);
            logger.detachAppender(log);
        }
    }

    private static void useAndFail(KeyBench bench, String id) {
        SdkBytes blob = bench.encrypt(id, KeyBench.TEXT, CONTEXT);
        bench.decrypt(blob, CONTEXT);
        bench.kms.generateDataKey(call -> call.keyId(id).keySpec("AES_256"));
        KeyBench.refusal(() -> bench.decrypt(blob));
        KeyBench.refusal(() -> bench.kms.encrypt(
                call -> call.keyId(id).plaintext(KeyBench.TEXT).encryptionAlgorithm("SM2PKE")));
        bench.cluster().activeHsms(0);
        bench.proxy().down(true);
        KeyBench.refusal(() -> bench.encrypt(id));
        bench.cluster().activeHsms(2);
        bench.proxy().down(false);
    }

    private static List<String> secrets() {
        byte[] text = KeyBench.TEXT.asByteArray();
        return List.of(
                new String(text, StandardCharsets.UTF_8), Base64.getEncoder().encodeToString(text), MATERIAL);
    }
}
