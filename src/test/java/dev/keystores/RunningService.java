package dev.keystores;

import static org.awaitility.Awaitility.await;

import dev.keystores.sandbox.ControlRoom;
import dev.keystores.sandbox.Patient;
import dev.keystores.sandbox.Sandbox;
import dev.keystores.sandbox.SandboxOptions;
import dev.keystores.sandbox.xks.ProxyCredential;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** The whole service as {@code main} starts it, with a sandbox of its own; and other AWS clients of that sandbox. */
public final class RunningService implements AutoCloseable {

    public static final String HSM_CONNECTS = "cks-5eed0000000000001";
    public static final String HSM_KMSUSER_LOGGED_IN = "cks-5eed0000000000002";
    public static final String XKS_SLOW_PROXY = "cks-5eed0000000000003";
    public static final String XKS_CONNECTS = "cks-5eed0000000000004";
    public static final String XKS_EXPIRED_CERTIFICATE = "cks-5eed0000000000005";
    public static final String HSM_WITHOUT_ACTIVE_HSM = "cks-5eed0000000000006";

    public static final String VIEWER = "vera";

    public static final String VIEWERS_PASSWORD = "view-only";
    public static final String OPERATOR = "oscar";
    public static final String OPERATORS_PASSWORD = "may-change";

    /** Of nobody: 32 zeros. */
    public static final String SECRETS_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    /** With it a CloudHSM connect takes 200 ms. */
    private static final double SPEED = 6000;

    static final String DIALECT = "MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

    private static final SdkHttpClient connections = ApacheHttpClient.create();

    private final Sandbox sandbox;
    private final ConfigurableApplicationContext context;

    private RunningService(Sandbox sandbox, ConfigurableApplicationContext context) {
        this.sandbox = sandbox;
        this.context = context;
    }

    /** One for all tests that need nobody to log in: each takes key stores of its own. Idle targets are left alone. */
    public static RunningService open() {
        return Open.SERVICE;
    }

    /** One for tests that make many stores and jobs of their own. */
    public static RunningService lively() {
        return Lively.SERVICE;
    }

    /** One for all tests with a viewer and an operator. Its targets {@code eu} and {@code twin} have the same ids. */
    public static RunningService secured() {
        return Secured.SERVICE;
    }

    /** @param targets name, Region and account of each */
    static RunningService start(Sandbox sandbox, String database, List<List<String>> targets, String... settings) {
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database,
                "--keystores.poll.hot=250ms",
                "--keystores.poll.warm=250ms",
                "--keystores.job.consistency-grace=1s",
                "--keystores.secrets.key=" + SECRETS_KEY,
                "--logging.level.root=error"));
        for (var target : targets) {
            var prefix = "--keystores.targets[%d].".formatted(targets.indexOf(target));
            arguments.add(prefix + "name=" + target.get(0));
            arguments.add(prefix + "region=" + target.get(1));
            arguments.add(prefix + "account=" + target.get(2));
            arguments.add(prefix + "endpoint=" + (target.size() > 3 ? target.get(3) : sandbox.endpoint()));
        }
        arguments.addAll(List.of(settings));
        return new RunningService(
                sandbox, SpringApplication.run(KeyStoresApplication.class, arguments.toArray(String[]::new)));
    }

    static Sandbox freshSandbox() {
        return Sandbox.start(
                Patient.with(new SandboxOptions(InetAddress.getLoopbackAddress(), 0, SPEED, null, Clock.systemUTC())));
    }

    public Caller caller() {
        return new Caller(URI.create("http://localhost:" + port()), List.of());
    }

    public Caller viewer() {
        return caller().as(VIEWER, VIEWERS_PASSWORD);
    }

    public Caller operator() {
        return caller().as(OPERATOR, OPERATORS_PASSWORD);
    }

    public int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public <T> T part(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public ControlRoom control() {
        return sandbox.control();
    }

    /** What another tool in the same account would use. */
    public KmsClient kms(String account, String region) {
        return KmsClient.builder()
                .httpClient(connections)
                .endpointOverride(sandbox.endpoint())
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "any")))
                .build();
    }

    /** An external key store behind a proxy of its own, as another tool creates it. */
    public String create(String account, String region, String name, String host) {
        control().proxy(host).exists();
        return kms(account, region)
                .createCustomKeyStore(store -> store.customKeyStoreName(name)
                        .customKeyStoreType("EXTERNAL_KEY_STORE")
                        .xksProxyConnectivity("PUBLIC_ENDPOINT")
                        .xksProxyUriEndpoint("https://" + host)
                        .xksProxyUriPath("/kms/xks/v1")
                        .xksProxyAuthenticationCredential(
                                half -> half.accessKeyId(ProxyCredential.DEFAULT.accessKeyId())
                                        .rawSecretAccessKey(ProxyCredential.DEFAULT.secretAccessKey())))
                .customKeyStoreId();
    }

    /** Waits until KMS itself shows a state, whether or not the service has looked. */
    public void awaitAtKms(String id, String state) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> control().seen().worlds().stream()
                        .flatMap(world -> world.stores().stream())
                        .anyMatch(store -> store.id().equals(id)
                                && store.connectionState().name().equals(state)));
    }

    @Override
    public void close() {
        context.close();
        sandbox.close();
    }

    /** Started when first asked for; both end with the JVM, the service by Spring's own hook. */
    private static final class Open {

        static final RunningService SERVICE = start(
                freshSandbox(),
                FreshDatabase.url(),
                List.of(
                        List.of("eu", "eu-central-1", "111122223333"),
                        List.of("us", "us-east-1", "111122223333"),
                        List.of("listed", "eu-west-1", "222222222222"),
                        List.of("mine", "eu-west-1", "333333333333"),
                        List.of("various", "eu-west-1", "444444444444"),
                        List.of("dashboard", "eu-west-1", "555555555555"),
                        List.of("metered", "eu-west-1", "666666666666")));
    }

    private static final class Lively {

        /** Each with an account to itself, for tests that create key stores. */
        private static final int LIVES = 16;

        static final RunningService SERVICE = start(
                freshSandbox(),
                FreshDatabase.url(),
                Stream.concat(
                                Stream.of(
                                        List.of("once", "eu-west-1", "777777777777"),
                                        List.of("twice", "eu-west-1", "777777777778"),
                                        List.of("told", "eu-west-1", "777777777779"),
                                        List.of("told-too", "us-east-1", "777777777779"),
                                        List.of("waits", "eu-west-1", "777777777780"),
                                        List.of("waits-too", "us-east-1", "777777777780"),
                                        List.of("many", "eu-west-1", "777777777781"),
                                        List.of("many-too", "us-east-1", "777777777781"),
                                        List.of("formed", "eu-west-1", "777777777782")),
                                IntStream.range(0, LIVES)
                                        .mapToObj(number -> List.of(
                                                "lives-" + number, "eu-west-1", "7777777778%02d".formatted(number))))
                        .toList());
    }

    private static final class Secured {

        static final RunningService SERVICE = start(
                freshSandbox(),
                FreshDatabase.url(),
                List.of(
                        List.of("eu", "eu-central-1", "111122223333"),
                        List.of("us", "us-east-1", "111122223333"),
                        List.of(
                                "twin",
                                "eu-central-1",
                                "999999999999",
                                Twin.of(freshSandbox().endpoint()).toString())),
                "--keystores.security.users[0].name=" + VIEWER,
                "--keystores.security.users[0].password=" + Passwords.hash(VIEWERS_PASSWORD),
                "--keystores.security.users[0].role=viewer",
                "--keystores.security.users[1].name=" + OPERATOR,
                "--keystores.security.users[1].password=" + Passwords.hash(OPERATORS_PASSWORD),
                "--keystores.security.users[1].role=operator");
    }
}
