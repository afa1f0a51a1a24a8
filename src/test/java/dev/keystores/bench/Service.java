package dev.keystores.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as a process of its own, looking after accounts of a sandbox. */
final class Service implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Jvm jvm;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Service(Jvm jvm) {
        this.jvm = jvm;
    }

    /** @param from the first of the accounts, of which there are {@code to - from} */
    static Service start(Path directory, Aws aws, int from, int to, List<String> before, String... settings)
            throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("targets.yaml"), targets(aws.endpoint(), from, to));
        var port = Jvm.freePort();
        var all = new ArrayList<>(List.of(settings));
        all.add("--server.port=" + port);
        all.add("--keystores.targets-file=./targets.yaml");
        return new Service(Jvm.start(directory, port, "/actuator/health/readiness", before, all));
    }

    Jvm jvm() {
        return jvm;
    }

    /** Waits until every target was looked at and so many stores are known. */
    void awaitStores(long number) {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> metric("keystores_stores") == number);
    }

    /** The sum over all labels. */
    double metric(String name) {
        return text("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Of all labels together. */
    Histogram histogram(String name) {
        var counts = new TreeMap<Double, Long>();
        text("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith(name + "_bucket{"))
                .forEach(line -> {
                    var bound = line.replaceAll(".*le=\"([^\"]+)\".*", "$1");
                    var count = (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
                    counts.merge(
                            bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
                            count,
                            Long::sum);
                });
        return new Histogram(counts);
    }

    List<String> storeIds() {
        return all("/api/v1/key-stores?limit=100")
                .map(store -> store.get("id").asString())
                .toList();
    }

    /** When the jobs that succeeded say that they ended, by key store. */
    Map<String, Instant> ends() {
        return all("/api/v1/jobs?status=SUCCEEDED&limit=100")
                .collect(Collectors.toMap(
                        job -> job.get("keyStoreId").asString(),
                        job -> Instant.parse(job.get("finishedAt").asString())));
    }

    private Stream<JsonNode> all(String address) {
        return Stream.iterate(
                        get(address),
                        Objects::nonNull,
                        page -> page.hasNonNull("nextCursor")
                                ? get(address + "&cursor="
                                        + page.get("nextCursor").asString())
                                : null)
                .flatMap(page -> page.get("items").valueStream());
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(jvm.root().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\": \"benchmark\"}"));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode get(String path) {
        return JSON.readTree(text(path));
    }

    String text(String path) {
        try {
            var request = HttpRequest.newBuilder(jvm.root().resolve(path)).build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException lost) {
            throw new IllegalStateException(path, lost);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    boolean allJobsEnded() {
        return !running("QUEUED") && !running("RUNNING");
    }

    private boolean running(String status) {
        return !get("/api/v1/jobs?limit=1&status=" + status).get("items").isEmpty();
    }

    @Override
    public void close() {
        http.close();
        jvm.close();
    }

    static String target(int number) {
        return "target-%05d".formatted(number);
    }

    private static String targets(URI endpoint, int from, int to) {
        return "targets:\n"
                + IntStream.range(from, to)
                        .mapToObj(number -> "  - {name: %s, region: %s, account: \"%s\", endpoint: \"%s\"}%n"
                                .formatted(target(number), Aws.REGION, Aws.account(number), endpoint))
                        .collect(Collectors.joining());
    }
}
