package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sandbox with 512 MB of heap, 5,000 accounts and 10 key stores in each: how many unfiltered Describes a second it answers.
 * Run by {@code ./mvnw test -Dtest=ManyAccountsBenchmark}; it prints its figures and asserts none of them. The client shares
 * the processors with the sandbox.
 */
class ManyAccountsBenchmark {

    private static final long FIRST_ACCOUNT = 500_000_000_000L;
    private static final int ACCOUNTS = Integer.getInteger("benchmark.accounts", 5000);
    private static final int STORES = 10;
    private static final int CONNECTIONS = 16;
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 20));

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final LongAdder refused = new LongAdder();
    private final LongAdder late = new LongAdder();

    @Test
    void describesTheStoresOfManyAccounts(@TempDir Path dataDir) throws Exception {
        Process process = start(dataDir);
        try (BufferedReader out = process.inputReader()) {
            URI endpoint = URI.create(out.lines()
                    .filter(line -> line.startsWith("http"))
                    .findFirst()
                    .orElseThrow());
            Duration filled = timed(() -> fill(endpoint));
            print(
                    "%,d accounts with %d stores each created in %d s, %d proxy calls too late",
                    ACCOUNTS, STORES, filled.toSeconds(), late.sum());
            assertThat(describe(endpoint, FIRST_ACCOUNT))
                    .contains("\"Truncated\":false")
                    .contains("store-9");
            measure(endpoint, Duration.ofSeconds(5));
            long answered = measure(endpoint, MEASURED);
            print("%,d unfiltered Describes a second", answered / MEASURED.toSeconds());
            process.getOutputStream().close();
            out.lines().forEach(line -> print("%s", line));
            assertThat(refused.sum()).as("refused").isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Account by account within each round: none is asked for five in a second. */
    private Void fill(URI endpoint) throws Exception {
        for (int store = 0; store < STORES; store++) {
            int number = store;
            together(LongStream.range(0, ACCOUNTS)
                    .<Callable<Void>>mapToObj(i -> () -> create(endpoint, FIRST_ACCOUNT + i, number))
                    .toList());
        }
        return null;
    }

    private Void create(URI endpoint, long account, int number) throws Exception {
        String body = """
                {"CustomKeyStoreName":"store-%d","CustomKeyStoreType":"EXTERNAL_KEY_STORE",
                 "XksProxyConnectivity":"PUBLIC_ENDPOINT","XksProxyUriEndpoint":"https://connects.xks.sandbox.example",
                 "XksProxyUriPath":"/s%d/kms/xks/v1","XksProxyAuthenticationCredential":{
                 "AccessKeyId":"SANDBOXACCESSKEY2222",
                 "RawSecretAccessKey":"SANDBOX/SANDBOX/SANDBOX/SANDBOX/SANDBOX/SANDBOX="}}""".formatted(number, number);
        // Each create calls the proxy, which on busy processors may answer too late.
        while (send(endpoint, account, "CreateCustomKeyStore", body).contains("XksProxyUriUnreachable")) {
            late.increment();
        }
        return null;
    }

    /** Each connection goes through the accounts, so that none is asked for more than its quota. */
    private long measure(URI endpoint, Duration time) throws Exception {
        AtomicLong next = new AtomicLong();
        long end = System.nanoTime() + time.toNanos();
        List<Callable<Void>> connections = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(() -> {
                while (System.nanoTime() < end) {
                    describe(endpoint, FIRST_ACCOUNT + next.getAndIncrement() % ACCOUNTS);
                }
                return null;
            });
        }
        together(connections);
        return next.get();
    }

    private String describe(URI endpoint, long account) throws Exception {
        return send(endpoint, account, "DescribeCustomKeyStores", "{}");
    }

    private String send(URI endpoint, long account, String operation, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "TrentService." + operation)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=%d/20260101/eu-central-1/kms/aws4_request, SignedHeaders=host, Signature=0"
                                .formatted(account))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200 && !answer.body().contains("XksProxyUriUnreachable")) {
            refused.increment();
        }
        return answer.body();
    }

    private static void together(List<Callable<Void>> tasks) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        }
    }

    private static Duration timed(Callable<Void> task) throws Exception {
        long start = System.nanoTime();
        task.call();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void print(String format, Object... values) {
        System.out.println("BENCHMARK " + format.formatted(values));
    }

    private static Process start(Path dataDir) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName(),
                        dataDir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Ends when its standard input does, and then tells what it took. */
    static final class Server {

        private Server() {}

        public static void main(String[] arguments) throws Exception {
            try (Sandbox sandbox = Sandbox.start(new SandboxOptions(
                    InetAddress.getLoopbackAddress(), 0, 60, Path.of(arguments[0]), Clock.systemUTC()))) {
                System.out.println(sandbox.endpoint());
                System.in.readAllBytes();
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                System.out.printf(
                        "%,d MB of heap in use, of %,d MB%n",
                        (runtime.totalMemory() - runtime.freeMemory()) >> 20, runtime.maxMemory() >> 20);
            }
        }
    }
}
