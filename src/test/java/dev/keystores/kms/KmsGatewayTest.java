package dev.keystores.kms;

import static dev.keystores.keystore.ConnectionState.CONNECTING;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static dev.keystores.keystore.ConnectionState.DISCONNECTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.keystores.job.Bench;
import dev.keystores.job.Place;
import dev.keystores.job.RunningService;
import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.keystore.Property;
import dev.keystores.keystore.Secret;
import dev.keystores.sandbox.cloudhsm.ClusterState;
import dev.keystores.sandbox.kms.Fault;
import dev.keystores.sandbox.xks.ProxyCredential;
import dev.keystores.target.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@RunningService
@ExtendWith(OutputCaptureExtension.class)
class KmsGatewayTest {

    private static final KeyStoreId NOBODY = new KeyStoreId("cks-nobody");
    private static final AtomicInteger number = new AtomicInteger();
    private static final FakeKms silent = new FakeKms();
    private static final CountDownLatch silence = new CountDownLatch(1);
    private static CompletableFuture<KmsException> unanswered;

    @Autowired
    private KmsGateway kms;

    @Autowired
    private Bench bench;

    private final FakeKms fake = new FakeKms();
    private Place place;
    private Target target;
    private Turn turn;

    /** It takes all the time that the gateway waits, beside the other tests. */
    @BeforeAll
    static void askWhoNeverAnswers(@Autowired KmsGateway kms) {
        silent.says((operation, body) -> {
            awaitEnd(silence);
            return FakeKms.Reply.json("{}");
        });
        unanswered =
                CompletableFuture.supplyAsync(() -> failure(() -> kms.connect(turn(at(silent.endpoint())), NOBODY)));
    }

    @AfterAll
    static void endSilence() {
        silence.countDown();
    }

    @BeforeEach
    void freshAccount() {
        place = bench.fresh();
        target = place.target();
        turn = turn(target);
    }

    @Test
    void createsShowsChangesAndDeletesACloudHsmStore() {
        var cluster = place.cluster('A');

        var id = place.created(place.onCluster('A'));
        assertThat(only().id()).isEqualTo(id);
        assertThat(only().connectionState()).isEqualTo(DISCONNECTED);
        assertThat(only().configuration())
                .isEqualTo(new Configuration.CloudHsm(cluster.id(), cluster.trustAnchorCertificate()));
        assertThat(only().creationDate()).isNotNull();

        kms.update(
                turn,
                id,
                Place.open(KeyStoreProperties.NONE
                        .with(Property.NAME, "payments")
                        .with(Property.KEY_STORE_PASSWORD, new Secret.Given("an0therPassword"))));
        assertThat(only().name()).isEqualTo("payments");

        assertThat(kms.delete(turn, id).requestId()).isNotBlank();
        assertThat(kms.describe(turn).keyStores()).isEmpty();
    }

    @Test
    void createsShowsChangesAndDeletesAnExternalKeyStore() {
        var id = place.unseenExternal(Place.newHost());
        var host = Place.newHost();
        place.control().proxy(host).credentials(new ProxyCredential("ACCESSKEYACCESSKEY22", Place.SECRET_KEY));

        kms.update(
                turn,
                id,
                Place.open(KeyStoreProperties.NONE
                        .with(Property.XKS_PROXY_URI_ENDPOINT, "https://" + host)
                        .with(Property.XKS_PROXY_URI_PATH, "/new/kms/xks/v1")));
        assertThat(only().configuration())
                .isEqualTo(new Configuration.ExternalKeyStore(
                        "PUBLIC_ENDPOINT", "https://" + host, "/new/kms/xks/v1", "ACCESSKEYACCESSKEY22", null, null));

        kms.delete(turn, id);
        assertThat(kms.describe(turn).keyStores()).isEmpty();
    }

    @Test
    void connectsAndDisconnectsAndGivesTheRequestIds() {
        var id = place.unseenExternal(Place.newHost());
        place.control().neverEnds(id.value());

        assertThat(kms.connect(turn, id).requestId()).isNotBlank();
        assertThat(only().connectionState()).isEqualTo(CONNECTING);

        assertThat(kms.disconnect(turn, id).requestId()).isNotBlank();
        assertThat(only().connectionState()).isIn(DISCONNECTING, DISCONNECTED);
    }

    @Test
    void saysWhyWithTheNameAndRequestIdOfAws() {
        var onA = place.created(place.onCluster('A'));
        var b = place.onCluster('B');
        var wrongAnchor = b.with(
                Property.TRUST_ANCHOR_CERTIFICATE, place.onCluster('A').value(Property.TRUST_ANCHOR_CERTIFICATE));
        var unknownCluster = b.with(Property.CLOUD_HSM_CLUSTER_ID, "cluster-aaaaaaaaaaa");
        var clusterOfB = String.valueOf(b.value(Property.CLOUD_HSM_CLUSTER_ID));

        refused(() -> kms.connect(turn, NOBODY), Reason.KEY_STORE_NOT_FOUND, "CustomKeyStoreNotFoundException");
        refused(() -> kms.disconnect(turn, onA), Reason.INVALID_STATE, "CustomKeyStoreInvalidStateException");
        refused(() -> place.created(wrongAnchor), Reason.INCORRECT_TRUST_ANCHOR, "IncorrectTrustAnchorException");
        refused(() -> place.created(unknownCluster), Reason.CLUSTER_NOT_FOUND, "CloudHsmClusterNotFoundException");
        refused(
                () -> kms.update(
                        turn, onA, Place.open(KeyStoreProperties.NONE.with(Property.CLOUD_HSM_CLUSTER_ID, clusterOfB))),
                Reason.CLUSTER_NOT_RELATED,
                "CloudHsmClusterNotRelatedException");
        refused(
                () -> place.created(place.behindProxy(Place.newHost())),
                Reason.XKS_PROXY,
                "XksProxyUriUnreachableException");
        place.control().cluster(clusterOfB).activeHsms(1);
        refused(
                () -> place.created(b),
                Reason.CLUSTER_INVALID_CONFIGURATION,
                "CloudHsmClusterInvalidConfigurationException");
        place.control().cluster(place.cluster('A').id()).state(ClusterState.INITIALIZED);
        refused(() -> kms.connect(turn, onA), Reason.CLUSTER_NOT_ACTIVE, "CloudHsmClusterNotActiveException");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            400, CustomKeyStoreNameInUseException,    KEY_STORE_NAME_IN_USE
            400, CustomKeyStoreHasCMKsException,      KEY_STORE_HAS_KEYS
            400, CloudHsmClusterInUseException,       CLUSTER_IN_USE
            400, LimitExceededException,              LIMIT_EXCEEDED
            400, XksProxyVpcEndpointServiceInUseException, XKS_PROXY
            400, ThrottlingException,                 THROTTLED
            400, Throttling,                          THROTTLED
            400, RequestLimitExceeded,                THROTTLED
            403, SignatureDoesNotMatch,               UNAUTHENTICATED
            500, KMSInternalException,                UNCERTAIN
            503, DependencyTimeoutException,          UNCERTAIN
            503, ServiceUnavailable,                  UNCERTAIN
            400, AccessDeniedException,               ACCESS_DENIED
            400, UnrecognizedClientException,         UNAUTHENTICATED
            400, ExpiredTokenException,               UNAUTHENTICATED
            400, ValidationException,                 INVALID_REQUEST
            400, NobodyHeardOfItException,            OTHER
            """)
    void knowsWhatEveryExceptionMeans(int status, String code, Reason reason) {
        fake.says((operation, body) -> FakeKms.Reply.error(status, code, "because"));

        var failure = failure(() -> kms.connect(turn(faked()), NOBODY));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.requestId()).isEqualTo("request-of-the-fake");
        assertThat(failure).hasMessageContaining("because");
        assertThat(fake.asked()).hasSize(1);
    }

    @Test
    void namesTheActionThatIamDenies() {
        fake.says((operation, body) -> FakeKms.Reply.error(400, "AccessDeniedException", "no policy"));

        assertThat(failure(() -> kms.disconnect(turn(faked()), NOBODY)))
                .hasMessageContaining("kms:DisconnectCustomKeyStore");
        assertThat(failure(() -> kms.describe(turn(faked())))).hasMessageContaining("kms:DescribeCustomKeyStores");
    }

    @Test
    void repeatsAThrottledDescribe() {
        var before = place.calls(Operation.DescribeCustomKeyStores).total();
        place.failNext(Operation.DescribeCustomKeyStores, 2, Fault.THROTTLED);

        kms.describe(turn);

        assertThat(place.calls(Operation.DescribeCustomKeyStores).total() - before)
                .isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"THROTTLED, THROTTLED", "INTERNAL_BEFORE_EFFECT, UNCERTAIN", "BROKEN_AFTER_EFFECT, UNCERTAIN"})
    void asksAWriteOnce(Fault fault, Reason reason) {
        var id = place.unseenExternal(Place.newHost());
        place.failNext(Operation.ConnectCustomKeyStore, 1, fault);

        assertThat(failure(() -> kms.connect(turn, id)).reason()).isEqualTo(reason);

        assertThat(place.calls(Operation.ConnectCustomKeyStore).total()).isOne();
    }

    @Test
    void isUncertainWhereNoAnswerComesInTime() {
        assertThat(unanswered.join().reason()).isEqualTo(Reason.UNCERTAIN);
        assertThat(silent.asked()).containsOnlyOnce("ConnectCustomKeyStore");
    }

    @Test
    void putsNoCallOnTheWireOnceItsLeaseHasEnded() {
        var ended = turn(faked());
        ended.lease().end();

        assertThat(failure(() -> kms.connect(ended, NOBODY)).reason()).isEqualTo(Reason.HELD_BACK);
        assertThat(failure(() -> kms.describe(ended)).reason()).isEqualTo(Reason.HELD_BACK);
        assertThat(fake.asked()).isEmpty();
    }

    @Test
    void waitsForAnAnswerNoLongerThanItsLeaseLasts() {
        var lease = Lease.lasting(Duration.ofSeconds(2));

        var failure = failure(() -> kms.disconnect(new Turn(at(silent.endpoint()), lease), NOBODY));

        assertThat(failure.reason()).isEqualTo(Reason.UNCERTAIN);
        assertThat(lease.left()).isPositive();
    }

    /** Two attempts use the lease up; that the third is held back says nothing of KMS. */
    @Test
    void saysThatNoAnswerCameWhereNoTimeIsLeftToAskAgain() {
        var lease = Lease.lasting(Duration.ofSeconds(1));

        var failure = failure(() -> kms.describe(new Turn(at(silent.endpoint()), lease)));

        assertThat(failure.reason()).isEqualTo(Reason.UNCERTAIN);
        assertThat(failure).hasMessageContaining("KMS did not answer");
    }

    @Test
    void knowsThatNothingWasAskedWhereNobodyListens() throws IOException {
        var nobody = nobodyListens();

        assertThat(failure(() -> kms.connect(turn(nobody), NOBODY)).reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void holdsCallsBackAfterOutagesButNeverADisconnect() throws IOException {
        var nobody = nobodyListens();
        for (var outage = 1; outage <= 6; outage++) {
            assertThat(failure(() -> kms.connect(turn(nobody), NOBODY)).reason())
                    .isEqualTo(Reason.UNREACHABLE);
        }

        assertThat(failure(() -> kms.connect(turn(nobody), NOBODY)).reason()).isEqualTo(Reason.HELD_BACK);
        assertThat(failure(() -> kms.describe(turn(nobody))).reason()).isEqualTo(Reason.HELD_BACK);
        assertThat(failure(() -> kms.disconnect(turn(nobody), NOBODY)).reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void takesNoRefusalForAnOutage() {
        for (var refusal = 1; refusal <= 6; refusal++) {
            assertThat(failure(() -> kms.connect(turn, NOBODY)).reason()).isEqualTo(Reason.KEY_STORE_NOT_FOUND);
            assertThat(failure(() -> kms.delete(turn, NOBODY)).reason()).isEqualTo(Reason.KEY_STORE_NOT_FOUND);
        }
    }

    @Test
    void letsNoMoreThanFiveCallsOfAnOperationThroughInAnySecond() throws InterruptedException {
        place.unseenExternal(Place.newHost());
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 14).forEach(caller -> callers.submit(() -> kms.connect(turn, NOBODY)));
            callers.shutdown();
            assertThat(callers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }

        var calls = place.calls(Operation.ConnectCustomKeyStore);
        assertThat(calls.mostInOneSecond()).isLessThanOrEqualTo(5);
        assertThat(calls.total()).isEqualTo(14);
        assertThat(calls.outcomes()).doesNotContainKey("ThrottlingException");
    }

    @Test
    void showsOneStoreOrSaysThatThereIsNone() {
        var id = place.created(place.onCluster('A'));
        place.created(place.onCluster('B'));

        assertThat(kms.describe(turn, id).keyStores()).extracting(KeyStore::id).containsExactly(id);
        refused(() -> kms.describe(turn, NOBODY), Reason.KEY_STORE_NOT_FOUND, "CustomKeyStoreNotFoundException");
    }

    @Test
    void showsAllPages() {
        fake.says((operation, body) -> FakeKms.Reply.json(
                body.contains("after-the-first")
                        ? page("cks-2", "false", "")
                        : page("cks-1", "true", ",\"NextMarker\":\"after-the-first\"")));

        var described = kms.describe(turn(faked()));

        assertThat(described.keyStores())
                .extracting(store -> store.id().value())
                .containsExactly("cks-1", "cks-2");
        assertThat(fake.asked()).hasSize(2);
    }

    @Test
    void keepsSecretsOutOfLogsAndWords(CapturedOutput output) {
        var hsm = place.onCluster('A');
        var external = place.behindProxy(Place.newHost());
        var update = external.with(Property.KEY_STORE_PASSWORD, new Secret.Given(Place.PASSWORD));
        var id = place.created(hsm);

        var refusedCreate = failure(() -> place.created(external));
        var refusedUpdate = failure(() -> kms.update(turn, id, Place.open(update)));

        var words = String.join(
                "\n",
                output.getAll(),
                List.of(hsm, external, update, Place.open(update)).toString(),
                String.valueOf(refusedCreate),
                String.valueOf(refusedUpdate));
        assertThat(words).contains("hsm-A").doesNotContain(Place.PASSWORD).doesNotContain(Place.SECRET_KEY);
    }

    /** KMS marks them as sensitive; whoever stands between need not. */
    @Test
    void repeatsNoSecretThatAnAnswerRepeats() {
        var hsm = place.onCluster('A');
        turn = turn(faked());
        var logger = (Logger) LoggerFactory.getLogger(KmsGateway.class);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.WARN);
        fake.says((operation, body) -> FakeKms.Reply.error(500, "KMSInternalException", "can't use " + Place.PASSWORD));

        var failures = Stream.generate(
                        () -> failure(() -> kms.create(turn, KeyStoreType.AWS_CLOUDHSM, Place.open(hsm))))
                .limit(8)
                .toList();
        // By then the breaker is open, and says why.
        var another = failure(() -> kms.connect(turn, NOBODY));

        logger.detachAppender(log);
        logger.setLevel(null);
        assertThat(log.list)
                .hasSizeGreaterThan(6)
                .anySatisfy(line -> assertThat(line.getFormattedMessage()).contains("can't use [secret]"))
                .allSatisfy(line -> assertThat(line.getFormattedMessage()).doesNotContain(Place.PASSWORD));
        assertThat(failures).allSatisfy(KmsGatewayTest::hidesThePassword);
        hidesThePassword(another);
    }

    private static void hidesThePassword(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause)).doesNotContain(Place.PASSWORD);
        }
    }

    private static Turn turn(Target target) {
        return new Turn(target, Lease.lasting(Duration.ofMinutes(1)));
    }

    private KeyStore only() {
        return kms.describe(turn).keyStores().getFirst();
    }

    private static void refused(ThrowingCallable call, Reason reason, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KmsException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.requestId()).isNotBlank();
            assertThat(failure.getMessage()).isNotBlank();
        });
    }

    private static KmsException failure(ThrowingCallable call) {
        return catchThrowableOfType(KmsException.class, call);
    }

    /** A target nobody has called yet, so that its limiters and its breaker are fresh. */
    private Target faked() {
        return at(fake.endpoint());
    }

    private static Target nobodyListens() throws IOException {
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return at(URI.create("http://127.0.0.1:" + closed.getLocalPort()));
        }
    }

    private static Target at(URI endpoint) {
        return new Target("fake-" + number.incrementAndGet(), "eu-central-1", null, null, endpoint, "999999999999");
    }

    private static String page(String id, String truncated, String more) {
        return "{\"CustomKeyStores\":[%s],\"Truncated\":%s%s}"
                .formatted(FakeKms.entry(id, "AWS_CLOUDHSM", "CONNECTED"), truncated, more);
    }

    private static void awaitEnd(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
