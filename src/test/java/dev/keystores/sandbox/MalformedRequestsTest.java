package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.keystores.sandbox.MangledKms.Known;
import dev.keystores.sandbox.RawClient.Said;
import dev.keystores.sandbox.xks.ProxyCredential;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that are malformed in every layer, at both ports of a sandbox: whatever is sent, it is answered or the connection
 * ends; no answer is a failure of the server, none tells a secret, and afterwards all goes on as before.
 */
@Isolated("reads the log of the whole process")
class MalformedRequestsTest {

    private static final long SEED = Long.getLong("sandbox.fuzz.seed", 20_260_301L);
    private static final int REQUESTS = Integer.getInteger("sandbox.fuzz.requests", 100_000);
    private static final int THREADS_A_PORT = 8;
    private static final String ENDPOINT_HOST = "localhost";
    private static final String PLANTED = "PLANTED/PLANTED/PLANTED/PLANTED/PLANTED/PLANTED";

    /** Of a program, not of a service. */
    private static final List<String> INSIDES = List.of(
            "\tat ", "dev.keystores.", "java.lang", "java.util", "Caused by", ".java:", "tools.jackson", "org.h2");

    /** RFC 9112, section 6.1, for a coding that isn't understood; Java's server answers so before anybody is asked. */
    private static final String UNKNOWN_CODING = "<h1>501 Not Implemented</h1>Unsupported Transfer-Encoding value";

    /** Base64 of more than the 4300 bytes that a proxy takes: XKS Proxy API specification, UnsupportedOperationException. */
    private static final Pattern TOO_LONG = Pattern.compile("[A-Za-z0-9+/]{5735}");

    private final SettableClock clock = new SettableClock();
    private final Map<String, LongAdder> byLayer = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> byStatus = new ConcurrentSkipListMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @Test
    void areAnsweredOrEndAndChangeNothingForOthers(@TempDir Path dataDir, @TempDir Path heard) throws Exception {
        System.out.printf("-Dsandbox.fuzz.seed=%d -Dsandbox.fuzz.requests=%d%n", SEED, REQUESTS);
        long started = System.nanoTime();
        Known known = prepared(dataDir);
        Set<String> secrets = Overheard.secretsIn(dataDir);
        assertThat(secrets)
                .contains(PLANTED, "PlantedKmsuser77", "PlantedSecret77")
                .hasSizeGreaterThan(8);
        try (Overheard overheard = new Overheard(heard.resolve("heard"))) {
            try (RunningSandbox running = RunningSandbox.on(dataDir, clock)) {
                serves(running);
                long files = openFiles();
                List<Socket> slow = halfSent(running);
                serves(running);
                send(running, known, overheard);
                serves(running);
                assertThat(slow).allSatisfy(MalformedRequestsTest::isClosed);
                assertThat(openFiles()).as("open files").isLessThan(files + 100);
            }
            secrets.addAll(Overheard.secretsIn(dataDir));
            secrets.add(Chance.HUSH);
            report(started, overheard.bytes().length, secrets.size());
            assertSoftly(soft -> {
                soft.assertThat(failures.stream().limit(10)).isEmpty();
                soft.assertThat(overheard.troubles.stream().limit(10)).isEmpty();
                soft.assertThat(overheard.said(secrets).stream().limit(10)).isEmpty();
            });
        }
    }

    /** Stores that are connected, keys, a session, and secrets wherever the sandbox keeps one. */
    private Known prepared(Path dataDir) throws IOException {
        try (RunningSandbox running = RunningSandbox.on(dataDir, clock)) {
            running.control().cluster("cluster-noActiveHsm").kmsuserPassword("PlantedKmsuser77");
            running.control()
                    .proxy("planted.example")
                    .credentials(new ProxyCredential("PLANTEDACCESSKEY2222", PLANTED));
            KmsClient kms = running.kms(RunningSandbox.EUROPE);
            kms.connectCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.HSM_CONNECTS));
            running.kms(RunningSandbox.AMERICA)
                    .connectCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.XKS_CONNECTS));
            clock.advance(Duration.ofMinutes(5));
            plantSecrets(running);
            String inCluster = kms.createKey(call ->
                            call.customKeyStoreId(RunningSandbox.HSM_CONNECTS).origin(OriginType.AWS_CLOUDHSM))
                    .keyMetadata()
                    .keyId();
            String outside = running.kms(RunningSandbox.AMERICA)
                    .createKey(call -> call.customKeyStoreId(RunningSandbox.XKS_CONNECTS)
                            .origin(OriginType.EXTERNAL_KEY_STORE)
                            .xksKeyId("sandbox-key-1"))
                    .keyMetadata()
                    .keyId();
            return session(
                    running,
                    List.of(inCluster, outside),
                    List.of(
                            blob(running, RunningSandbox.EUROPE, inCluster),
                            blob(running, RunningSandbox.AMERICA, outside)));
        }
    }

    private static void plantSecrets(RunningSandbox running) {
        String denied = running.client(SecretsManagerClient.builder(), RunningSandbox.ACCOUNT, RunningSandbox.EUROPE)
                .createSecret(call -> call.name(MangledSecrets.DENIED).secretString("PlantedSecret77"))
                .arn();
        running.control().secret(denied).deny();
        running.client(SecretsManagerClient.builder(), "999988887777", RunningSandbox.EUROPE)
                .createSecret(call -> call.name("turned").secretString("PlantedSecret78"));
    }

    private static String blob(RunningSandbox running, String region, String keyId) {
        byte[] blob = running.kms(region)
                .encrypt(call -> call.keyId(keyId)
                        .plaintext(SdkBytes.fromUtf8String("plain"))
                        .encryptionContext(Map.of("purpose", "test")))
                .ciphertextBlob()
                .asByteArray();
        return Base64.getEncoder().encodeToString(blob);
    }

    private static Known session(RunningSandbox running, List<String> keys, List<String> blobs) throws IOException {
        RawRequest assume = new MangledQuery(new Chance(0)).valid();
        String form = "Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::444455556666:role/r"
                + "&RoleSessionName=me&DurationSeconds=43200";
        try (RawClient client = new RawClient(() -> plain(running))) {
            String xml = client.send(Sent.framed("valid", assume.body(form.getBytes(StandardCharsets.UTF_8))))
                    .answers()
                    .getFirst()
                    .body();
            return new Known(keys, blobs, element(xml, "AccessKeyId"), element(xml, "SessionToken"));
        }
    }

    private static String element(String xml, String name) {
        Matcher element = Pattern.compile("<" + name + ">([^<]+)<").matcher(xml);
        assertThat(element.find()).as(xml).isTrue();
        return element.group(1);
    }

    private void send(RunningSandbox running, Known known, Overheard overheard) throws Exception {
        byte[] hello = MangledTls.hello(XksPort.trusting(), "connects.xks.sandbox.example");
        List<Callable<Void>> senders = new ArrayList<>();
        for (int i = 0; i < THREADS_A_PORT; i++) {
            int first = i;
            senders.add(() -> {
                try (RawClient client = new RawClient(() -> plain(running))) {
                    for (int n = first; n < REQUESTS / 2; n += THREADS_A_PORT) {
                        clock.advance(Duration.ofMillis(100));
                        Sent sent = toSandbox(Chance.ofRequest(SEED, n), known);
                        check("sandbox " + n, sent, overheard, client);
                    }
                }
                return null;
            });
            senders.add(() -> {
                try (XksPort port = new XksPort(running.sandbox.xksPort())) {
                    for (int n = first; n < REQUESTS / 2; n += THREADS_A_PORT) {
                        Chance chance = Chance.ofRequest(~SEED, n);
                        String host = chance.percent(95)
                                ? ENDPOINT_HOST
                                : chance.of("fuzz-1.example", "fuzz-2.example", "fuzz-3.example", "unknown.example");
                        Sent sent = toProxy(chance, host, hello);
                        if (sent.layer().equals(MangledTls.LAYER)) {
                            check("proxy " + n, sent, overheard, port.withoutTls());
                        } else {
                            check(
                                    "proxy " + n,
                                    host.equals(ENDPOINT_HOST) ? sent : sent.maybeUnanswered(),
                                    overheard,
                                    port.client(host));
                        }
                    }
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(senders.size())) {
            for (Future<Void> sender : threads.invokeAll(senders)) {
                sender.get();
            }
        }
    }

    private static Sent toSandbox(Chance chance, Known known) {
        MangledKms kms = new MangledKms(chance, known);
        MangledQuery query = new MangledQuery(chance);
        MangledSecrets secrets = MangledSecrets.by(chance);
        MangledControl control = MangledControl.by(chance);
        MangledHttp http = new MangledHttp(chance);
        RawRequest any = chance.call(kms::valid, query::valid, secrets::valid, control::valid);
        return chance.weighted(
                Chance.share(5, () -> http.noise(any)),
                Chance.share(15, () -> http.mangled(any)),
                Chance.share(10, kms::mangledHead),
                Chance.share(12, query::mangled),
                Chance.share(12, secrets::mangled),
                Chance.share(13, kms::mangledJson),
                Chance.share(15, kms::mangledMember),
                Chance.share(12, kms::mangledValue),
                Chance.share(12, control::mangled),
                Chance.share(6, () -> Sent.framed("valid", any)));
    }

    private Sent toProxy(Chance chance, String host, byte[] hello) {
        MangledXks xks = MangledXks.by(chance, clock, host);
        MangledHttp http = new MangledHttp(chance);
        return chance.weighted(
                Chance.share(5, () -> new MangledTls(chance, hello).mangled(xks.valid())),
                Chance.share(2, () -> http.noise(xks.valid())),
                Chance.share(7, () -> http.mangled(xks.valid())),
                Chance.share(16, xks::mangledSignature),
                Chance.share(10, xks::mangledPath),
                Chance.share(20, xks::mangledJson),
                Chance.share(15, xks::mangledMember),
                Chance.share(17, xks::mangledValue),
                Chance.share(8, () -> Sent.framed("valid", xks.valid())));
    }

    private void check(String which, Sent sent, Overheard overheard, RawClient client) {
        byLayer.computeIfAbsent(which.replaceFirst(" .*", " ") + sent.layer(), first -> new LongAdder())
                .increment();
        try {
            Said said = client.send(sent);
            overheard.hear(said.bytes());
            said.answers().forEach(answer -> check(which, sent, answer));
            if (said.ended() || said.answers().isEmpty()) {
                count(sent.framed() ? "ended" : "ended, unframed");
                if (sent.framed() && !sent.maybeSilent()) {
                    failed(which, sent, "no answer");
                }
            }
        } catch (RuntimeException wrong) {
            failed(which, sent, wrong.toString());
        } catch (IOException refused) {
            count("no connection");
            if (!sent.maybeSilent()) {
                failed(which, sent, refused.toString());
            }
        }
    }

    private void check(String which, Sent sent, Heard answer) {
        count(String.valueOf(answer.status()));
        if (answer.status() >= 500 && !isAskedFor(sent, answer)) {
            failed(which, sent, "answer " + answer);
        }
        if (INSIDES.stream().anyMatch(answer.body()::contains)) {
            failed(which, sent, "insides in " + answer);
        }
        if (answer.body().startsWith("{")) {
            JsonMapper.shared().readTree(answer.body().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static boolean isAskedFor(Sent sent, Heard answer) {
        return answer.body().equals(UNKNOWN_CODING) && sent.text().toLowerCase().contains("transfer-encoding")
                || answer.body().contains("\"UnsupportedOperationException\"")
                        && TOO_LONG.matcher(sent.text()).find();
    }

    private void count(String status) {
        byStatus.computeIfAbsent(status, first -> new LongAdder()).increment();
    }

    private void failed(String which, Sent sent, String why) {
        if (failures.size() < 1000) {
            failures.add(
                    "seed %d, %s, %s: %s%n    to %s".formatted(SEED, which, sent.layer(), cut(why), cut(sent.text())));
        }
    }

    private static String cut(String text) {
        String visible = text.replaceAll("[^ -~\\n]", "?");
        return visible.substring(0, Math.min(1500, visible.length()));
    }

    /** Clients that begin and never go on; some don't even begin. */
    private static List<Socket> halfSent(RunningSandbox running) throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            slow.add(begun(plain(running), ""));
            slow.add(begun(plain(running), "POST / HTTP/1.1\r\nHost: local"));
            slow.add(begun(plain(running), "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"));
            slow.add(begun(XksPort.plain(running.sandbox.xksPort()), ""));
            slow.add(begun(XksPort.plain(running.sandbox.xksPort()), "\u0016\u0003\u0001\u0001"));
            slow.add(begun(XksPort.tls(running.sandbox.xksPort(), ENDPOINT_HOST), "POST / HTTP/1.1\r\nHost: local"));
        }
        return slow;
    }

    private static Socket begun(Socket socket, String start) throws IOException {
        socket.getOutputStream().write(start.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static void isClosed(Socket slow) throws IOException {
        slow.setSoTimeout(30_000);
        try {
            while (slow.getInputStream().read() >= 0) {
                // A TLS alert, at most.
            }
        } catch (SocketException reset) {
            // That is an end as well.
        }
        slow.close();
    }

    private void serves(RunningSandbox running) throws IOException {
        clock.advance(Duration.ofSeconds(2));
        assertThat(running.kms(RunningSandbox.EUROPE).describeCustomKeyStores().customKeyStores())
                .anyMatch(store -> store.customKeyStoreId().equals(RunningSandbox.HSM_CONNECTS));
        String host = "spare-4.xks.sandbox.example";
        try (XksPort port = new XksPort(running.sandbox.xksPort())) {
            Sent health = Sent.framed(
                    "valid", MangledXks.by(new Chance(0), clock, host).health());
            assertThat(port.client(host).send(health).answers())
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.status()).isEqualTo(200));
        }
    }

    /** Connections that nobody closes would show here; 0 where the system doesn't count. */
    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    private static Socket plain(RunningSandbox running) throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), running.sandbox.endpoint().getPort());
    }

    private void report(long started, long bytes, int secrets) {
        System.out.printf(
                "%d requests in %d s; %d MB of answers and log, searched for %d secrets%n  by layer: %s%n  by status: %s%n",
                REQUESTS,
                Duration.ofNanos(System.nanoTime() - started).toSeconds(),
                bytes >> 20,
                secrets,
                new TreeMap<>(byLayer),
                new TreeMap<>(byStatus));
    }
}
