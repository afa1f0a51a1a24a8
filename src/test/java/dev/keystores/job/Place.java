package dev.keystores.job;

import dev.keystores.inventory.Fence;
import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.Leases;
import dev.keystores.inventory.Look;
import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.keystore.Property;
import dev.keystores.keystore.Secret;
import dev.keystores.kms.KmsGateway;
import dev.keystores.kms.Lease;
import dev.keystores.kms.OpenProperties;
import dev.keystores.kms.Operation;
import dev.keystores.kms.Turn;
import dev.keystores.sandbox.ControlRoom;
import dev.keystores.sandbox.ec2.EndpointService;
import dev.keystores.sandbox.kms.CallCount;
import dev.keystores.sandbox.kms.Fault;
import dev.keystores.sandbox.kms.Seen;
import dev.keystores.sandbox.kms.SeenCluster;
import dev.keystores.sandbox.xks.ProxyCredential;
import dev.keystores.target.Target;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** One target, the account behind it, and the hands that move both on. */
public final class Place {

    public static final String PASSWORD = "kmsPassword1";
    public static final String ACCESS_KEY = "ACCESSKEYACCESSKEY22";
    public static final String SECRET_KEY = "SECRET/SECRET/SECRET/SECRET/SECRET/SECRET/SEC=";

    private static final AtomicInteger number = new AtomicInteger();

    private final Target target;
    private final TargetTick ticks;
    private final JobMoves moves;
    private final Leases leases;
    private final Jobs jobs;
    private final Inventory inventory;
    private final KmsGateway kms;
    private final SandboxOfTests sandbox;

    Place(
            Target target,
            TargetTick ticks,
            JobMoves moves,
            Leases leases,
            Jobs jobs,
            Inventory inventory,
            KmsGateway kms,
            SandboxOfTests sandbox) {
        this.moves = moves;
        this.leases = leases;
        this.target = target;
        this.ticks = ticks;
        this.jobs = jobs;
        this.inventory = inventory;
        this.kms = kms;
        this.sandbox = sandbox;
    }

    public Target target() {
        return target;
    }

    /** The same, with another way to KMS. */
    Place by(URI way) {
        var its = new Target(
                target.name(), target.region(), target.roleArn(), target.externalId(), way, target.account());
        return new Place(its, ticks, moves, leases, jobs, inventory, kms, sandbox);
    }

    /** For calls beside the ticks. */
    public Turn turn() {
        return new Turn(target, Lease.lasting(Duration.ofHours(1)));
    }

    public URI endpoint() {
        return sandbox.endpoint();
    }

    public ControlRoom control() {
        return sandbox.control();
    }

    /** A DISCONNECTED store on one of the account's four clusters, seen already. */
    public KeyStoreId cloudHsm(char cluster) {
        var id = created(onCluster(cluster));
        tick();
        return id;
    }

    /** A DISCONNECTED store behind a proxy of its own, not seen yet. */
    public KeyStoreId unseenExternal(String host) {
        control().proxy(host).credentials(new ProxyCredential(ACCESS_KEY, SECRET_KEY));
        return created(behindProxy(host));
    }

    public KeyStoreId external() {
        var id = unseenExternal(newHost());
        tick();
        return id;
    }

    public static String newHost() {
        return "proxy-%d.xks.example".formatted(number.incrementAndGet());
    }

    public KeyStoreProperties onCluster(char letter) {
        var cluster = cluster(letter);
        return KeyStoreProperties.NONE
                .with(Property.NAME, "hsm-" + letter)
                .with(Property.CLOUD_HSM_CLUSTER_ID, cluster.id())
                .with(Property.TRUST_ANCHOR_CERTIFICATE, cluster.trustAnchorCertificate())
                .with(Property.KEY_STORE_PASSWORD, new Secret.Given(PASSWORD));
    }

    public KeyStoreProperties behindProxy(String host) {
        return KeyStoreProperties.NONE
                .with(Property.NAME, "xks-" + host)
                .with(Property.XKS_PROXY_CONNECTIVITY, "PUBLIC_ENDPOINT")
                .with(Property.XKS_PROXY_URI_ENDPOINT, "https://" + host)
                .with(Property.XKS_PROXY_URI_PATH, "/kms/xks/v1")
                .with(Property.XKS_PROXY_ACCESS_KEY_ID, ACCESS_KEY)
                .with(Property.XKS_PROXY_RAW_SECRET_ACCESS_KEY, new Secret.Given(SECRET_KEY));
    }

    /** By a call of its own, beside all jobs. */
    public KeyStoreId created(KeyStoreProperties properties) {
        var type = properties.has(Property.CLOUD_HSM_CLUSTER_ID)
                ? KeyStoreType.AWS_CLOUDHSM
                : KeyStoreType.EXTERNAL_KEY_STORE;
        return Objects.requireNonNull(kms.create(turn(), type, open(properties)).created());
    }

    public static OpenProperties open(KeyStoreProperties properties) {
        var values = new EnumMap<Property, String>(Property.class);
        values.putAll(properties.values());
        properties.secrets().forEach((property, secret) -> values.put(property, ((Secret.Given) secret).value()));
        return new OpenProperties(values);
    }

    public SeenCluster cluster(char letter) {
        return world().clusters().stream()
                .filter(cluster -> cluster.id().startsWith("cluster-spare" + letter))
                .findFirst()
                .orElseThrow();
    }

    /** The VPC endpoint services of the account. */
    List<EndpointService> services() {
        return world().endpointServices();
    }

    private Seen.World world() {
        // An account begins with the first call that anybody makes in it.
        kms.describe(turn());
        return control().seen().worlds().stream()
                .filter(world ->
                        world.account().equals(account()) && world.region().equals(target.region()))
                .findFirst()
                .orElseThrow();
    }

    /** Two seconds later, one look. */
    public Place tick() {
        return tick(Duration.ofSeconds(2));
    }

    public Place tick(Duration later) {
        SandboxOfTests.TIME.advance(later);
        ticks.run(target);
        return this;
    }

    public Place ticks(int times) {
        for (var tick = 0; tick < times; tick++) {
            tick();
        }
        return this;
    }

    /** Looks until the job has ended, at most for so long. */
    Job end(Job job, Duration patience) {
        var until = SandboxOfTests.TIME.instant().plus(patience);
        while (now(job).end() == null && SandboxOfTests.TIME.instant().isBefore(until)) {
            tick();
        }
        return now(job);
    }

    Job submit(Change change, KeyStoreId id) {
        return jobs.submit(change, store(id), request(null));
    }

    Job submit(Change change, KeyStoreId id, Duration timeout) {
        return jobs.submit(change, store(id), request(timeout));
    }

    Job create(KeyStoreProperties properties, boolean connect) {
        var type = properties.has(Property.CLOUD_HSM_CLUSTER_ID)
                ? KeyStoreType.AWS_CLOUDHSM
                : KeyStoreType.EXTERNAL_KEY_STORE;
        return jobs.submitNew(new Change.Create(type, properties, connect), target.name(), request(null));
    }

    Job cancel(Job job) {
        return jobs.cancel(job, request(null));
    }

    Job now(Job job) {
        return jobs.find(job.id()).orElseThrow();
    }

    public SeenKeyStore store(KeyStoreId id) {
        return inventory.find(target.name(), id).orElseThrow();
    }

    /** What the sandbox itself knows, whatever it shows. */
    public String stateInKms(KeyStoreId id) {
        return control().seen().worlds().stream()
                .flatMap(world -> world.stores().stream())
                .filter(store -> store.id().equals(id.value()))
                .map(store -> store.connectionState().name())
                .findFirst()
                .orElse("none");
    }

    public CallCount calls(Operation operation) {
        return control().calls(operation.name(), account(), target.region());
    }

    Job find(String id) {
        return jobs.find(id).orElseThrow();
    }

    /** One look in whose time no job has its turn. */
    void refresh() {
        SandboxOfTests.TIME.advance(Duration.ofSeconds(2));
        look();
    }

    record Glimpse(Fence fence, Look look) {}

    Glimpse look() {
        var fence = leases.take(target.name());
        return new Glimpse(fence, inventory.refresh(target, fence));
    }

    /** Because of an earlier look. */
    void move(Job job, Glimpse glimpse) {
        moves.move(job, target, glimpse.look(), glimpse.fence(), Instant.MAX);
    }

    /** The one store that the last look has shown. */
    KeyStoreId only() {
        var stores = inventory.of(target.name());
        if (stores.size() != 1) {
            throw new IllegalStateException("not one store, but " + stores);
        }
        return stores.getFirst().id();
    }

    void breakConnectionAfterEffect(Operation operation, int times) {
        control().breakConnectionAfterEffect(operation.name(), account(), target.region(), times);
    }

    public void failNext(Operation operation, int times, Fault fault) {
        control().failNext(operation.name(), account(), target.region(), times, fault);
    }

    public void staleDescribes(Duration time) {
        control().staleDescribes(account(), target.region(), time);
    }

    /** Somebody else, with a client of his own. */
    public KmsClient elsewhere() {
        var credentials = AwsBasicCredentials.create(account(), "no-secret");
        return KmsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.of(target.region()))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }

    private String account() {
        return target.knownAccount().orElseThrow();
    }

    private static Request request(@org.jspecify.annotations.Nullable Duration timeout) {
        return Request.by("ada", "127.0.0.1", "because", timeout);
    }
}
