package dev.keystores.sandbox;

import dev.keystores.sandbox.kms.Seen;
import dev.keystores.sandbox.kms.SeenCluster;
import dev.keystores.sandbox.kms.model.Choices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sandbox on a port of its own with a clock of its own, and clients for it. */
final class RunningSandbox implements AutoCloseable {

    static final String ACCOUNT = "111122223333";
    static final String EUROPE = "eu-central-1";
    static final String AMERICA = "us-east-1";

    static final String HSM_CONNECTS = "cks-5eed0000000000001";
    static final String HSM_KMSUSER_LOGGED_IN = "cks-5eed0000000000002";
    static final String XKS_SLOW_PROXY = "cks-5eed0000000000003";
    static final String XKS_CONNECTS = "cks-5eed0000000000004";
    static final String XKS_EXPIRED_CERTIFICATE = "cks-5eed0000000000005";
    static final String HSM_WITHOUT_ACTIVE_HSM = "cks-5eed0000000000006";

    /** At the default speed of 60. */
    static final Duration HSM_CONNECT = Duration.ofSeconds(20);

    static final Duration XKS_CONNECT = Duration.ofSeconds(5);
    static final Duration HSM_DISCONNECT = Duration.ofSeconds(5);
    static final Duration XKS_DISCONNECT = Duration.ofSeconds(1);

    private static final SdkHttpClient connections = ApacheHttpClient.create();
    private static final HttpClient http = HttpClient.newHttpClient();
    private static final JsonMapper json = JsonMapper.shared();

    final SettableClock clock;
    final Sandbox sandbox;

    private RunningSandbox(SettableClock clock, @Nullable Path dataDir) {
        this(clock, dataDir, Choices.usual());
    }

    private RunningSandbox(SettableClock clock, @Nullable Path dataDir, Choices choices) {
        this.clock = clock;
        this.sandbox = Sandbox.start(Patient.with(
                new SandboxOptions(InetAddress.getLoopbackAddress(), 0, 60, dataDir, clock).with(choices)));
    }

    static RunningSandbox fresh() {
        return new RunningSandbox(new SettableClock(), null);
    }

    static RunningSandbox choosing(Choices choices) {
        return new RunningSandbox(new SettableClock(), null, choices);
    }

    static RunningSandbox on(Path dataDir, SettableClock clock) {
        return new RunningSandbox(clock, dataDir);
    }

    ControlRoom control() {
        return sandbox.control();
    }

    KmsClient kms(String region) {
        return kms(ACCOUNT, region);
    }

    /** Without retries: each call of a test is one call at the sandbox. */
    KmsClient kms(String accessKey, String region) {
        return client(KmsClient.builder(), accessKey, region);
    }

    <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
            B builder, String accessKey, String region) {
        return builder.httpClient(connections)
                .endpointOverride(sandbox.endpoint())
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "any")))
                .overrideConfiguration(settings -> settings.retryStrategy(retries -> retries.maxAttempts(1)))
                .build();
    }

    /** Beside the wire, so that looking costs no quota. */
    Seen.Store store(String id) {
        return control().seen().worlds().stream()
                .flatMap(world -> world.stores().stream())
                .filter(store -> store.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    String state(String id) {
        return store(id).connectionState().name();
    }

    Seen.World world(String account, String region) {
        return control().seen().worlds().stream()
                .filter(world ->
                        world.account().equals(account) && world.region().equals(region))
                .findFirst()
                .orElseThrow();
    }

    /** One of A to D. */
    SeenCluster spareCluster(String region, char letter) {
        return world(ACCOUNT, region).clusters().stream()
                .filter(cluster -> cluster.id().startsWith("cluster-spare" + letter))
                .findFirst()
                .orElseThrow();
    }

    Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(10))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return Answer.of(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private URI uri(String path) {
        return sandbox.endpoint().resolve(path);
    }

    @Override
    public void close() {
        sandbox.close();
    }

    record Answer(int status, JsonNode body, HttpResponse<String> response) {

        static Answer of(HttpResponse<String> response) {
            return new Answer(response.statusCode(), json.readTree(response.body()), response);
        }

        String text(String member) {
            return body.path(member).asString("");
        }

        List<String> header(String name) {
            return response.headers().allValues(name);
        }
    }
}
