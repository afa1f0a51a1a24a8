package dev.keystores.job;

import static dev.keystores.Passage.Point.AFTER_THE_ANSWER;
import static dev.keystores.Passage.Point.BEFORE_KMS;
import static dev.keystores.Passage.Point.BEFORE_THE_ANSWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.Kills;
import dev.keystores.Passage;
import dev.keystores.Passage.Point;
import dev.keystores.Passage.Stop;
import dev.keystores.inventory.FenceLost;
import dev.keystores.inventory.Leases;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.Property;
import dev.keystores.kms.Operation;
import dev.keystores.sandbox.xks.ProxyCredential;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The whole life of a key store, of which every tick that writes to KMS breaks off. That another one takes its fence leaves
 * in the database just what the end of its process leaves there: whatever it had not saved, it never will.
 */
@SteppedService
class BrokenOffLifeTest {

    private static final Duration LONG = Duration.ofMinutes(15);
    private static final Duration TICK = Duration.ofSeconds(4);

    @Autowired
    private Bench bench;

    @Autowired
    private Leases leases;

    @Autowired
    private JdbcClient jdbc;

    private Place aside;
    private Passage passage;
    private Place place;
    private Breaking breaking = new Breaking(List.of(), Then.AT_ONCE);

    /** Of each kind of key store. */
    enum Kind {
        ON_A_CLUSTER(Course::onACluster),
        ON_THE_INTERNET(Course::onTheInternet),
        BEHIND_A_SERVICE(Course::behindAService);

        private final Function<Place, Course> course;

        Kind(Function<Place, Course> course) {
            this.course = course;
        }
    }

    /** How things are once a tick has broken off. */
    enum Then {
        /** Another one follows at once. */
        AT_ONCE(Duration.ofSeconds(2), Duration.ZERO),
        /** Nobody looks until all that was begun has ended. */
        LATE(Duration.ofSeconds(70), Duration.ZERO),
        /** Another one follows at once, and is shown what was before. */
        SHOWN_OLD_STATES(Duration.ofSeconds(2), Duration.ofSeconds(25));

        private final Duration pause;
        private final Duration stale;

        Then(Duration pause, Duration stale) {
            this.pause = pause;
            this.stale = stale;
        }
    }

    /** @param points where the ticks break off that ask for a call, one after the other */
    record Breaking(List<Point> points, Then then) {

        @Override
        public String toString() {
            return points + ", then " + then;
        }
    }

    static Stream<Arguments> lives() {
        var ways = Kills.asked() == Kills.ALL ? everyWay() : someWays();
        return Arrays.stream(Kind.values()).flatMap(kind -> ways.stream().map(way -> Arguments.of(kind, way)));
    }

    private static List<Breaking> someWays() {
        return List.of(
                new Breaking(List.of(BEFORE_KMS), Then.AT_ONCE),
                new Breaking(List.of(BEFORE_THE_ANSWER), Then.SHOWN_OLD_STATES),
                new Breaking(List.of(AFTER_THE_ANSWER), Then.AT_ONCE),
                new Breaking(List.of(BEFORE_KMS, BEFORE_THE_ANSWER), Then.LATE));
    }

    private static List<Breaking> everyWay() {
        return Stream.of(
                        List.of(BEFORE_KMS),
                        List.of(BEFORE_THE_ANSWER),
                        List.of(AFTER_THE_ANSWER),
                        List.of(BEFORE_KMS, BEFORE_THE_ANSWER),
                        List.of(BEFORE_KMS, AFTER_THE_ANSWER),
                        List.of(BEFORE_KMS, BEFORE_KMS, AFTER_THE_ANSWER))
                .flatMap(points -> Arrays.stream(Then.values()).map(then -> new Breaking(points, then)))
                .toList();
    }

    @BeforeEach
    void freshAccount() {
        aside = bench.fresh();
        passage = Passage.to(aside.endpoint());
        place = aside.by(passage.endpoint());
    }

    @AfterEach
    void close() {
        passage.close();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("lives")
    void comesToItsEndAllTheSame(Kind kind, Breaking each) {
        breaking = each;
        var course = kind.course.apply(aside);

        var id = lives(place.create(course.first(), true)).subject().id();
        assertThat(storesInKms()).containsExactly(id.value());
        lives(place.submit(new Change.Update(course.inUse(), false), id));
        assertThat(place.store(id).keyStore().name()).isEqualTo("renamed");
        course.move().run();
        lives(place.submit(new Change.Update(course.outOfUse(), true), id));
        assertThat(place.store(id).state()).isEqualTo(ConnectionState.CONNECTED);
        failsElsewhere(id, course);
        lives(place.submit(new Change.Repair(course.cure(), false), id));
        assertThat(place.store(id).state()).isEqualTo(ConnectionState.CONNECTED);
        lives(place.submit(new Change.Disconnect(), id));
        lives(place.submit(new Change.Delete(), id));

        assertThat(storesInKms()).isEmpty();
        assertThat(place.store(id).wantedState()).isNull();
        // Of the connects and disconnects one each was the other tool's.
        assertThat(calls(Operation.CreateCustomKeyStore)).isEqualTo(1);
        assertThat(calls(Operation.ConnectCustomKeyStore)).isEqualTo(3 + 1);
        assertThat(calls(Operation.DisconnectCustomKeyStore)).isEqualTo(3 + 1);
        assertThat(calls(Operation.DeleteCustomKeyStore)).isEqualTo(1);
    }

    /** Nobody has looked for longer than the job was given. */
    @Test
    void takesTheStoreThatItHasMadeForItsOwnHoursLater() {
        var job = place.create(aside.behindProxy(proxy()), false);
        breaksOffItsCreate(BEFORE_THE_ANSWER);

        place.tick(Duration.ofHours(3));

        assertThat(place.now(job).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(storesInKms()).containsExactly(place.now(job).subject().id().value());
        assertThat(calls(Operation.CreateCustomKeyStore)).isEqualTo(1);
    }

    /** It may be there by the time we look again, and made after we meant to make ours. */
    @Test
    void takesNoStoreForItsOwnThatSomebodyElseMadeWhileNobodyLooked() {
        var wanted = aside.behindProxy(proxy());
        var job = place.create(wanted, true);
        breaksOffItsCreate(BEFORE_KMS);
        var others = aside.created(wanted.with(Property.XKS_PROXY_URI_PATH, "/other/kms/xks/v1"));

        assertLeftAlone(others, ended(job));
    }

    /** Made just as ours was to be, but before: the look that led to our intent was too old to show it. */
    @Test
    void takesNoStoreForItsOwnThatWasThereBefore() {
        var wanted = aside.behindProxy(proxy());
        place.tick(TICK);
        aside.staleDescribes(Duration.ofSeconds(20));
        var others = aside.created(wanted);
        var job = place.create(wanted, true);
        breaksOffItsCreate(BEFORE_KMS);

        assertLeftAlone(others, ended(job));
    }

    private void breaksOffItsCreate(Point point) {
        passage.stopAt(List.of(new Stop("CreateCustomKeyStore", point)), this::showOldStates, this::breakOff);
        assertThatThrownBy(() -> place.tick(TICK)).isInstanceOf(FenceLost.class);
    }

    private void assertLeftAlone(KeyStoreId others, Job ended) {
        assertThat(ended.end().error().code()).isEqualTo("CustomKeyStoreNameInUseException");
        assertThat(ended.subject().keyStoreId()).isNull();
        assertThat(aside.stateInKms(others)).isEqualTo("DISCONNECTED");
        assertThat(calls(Operation.CreateCustomKeyStore)).isEqualTo(1);
        assertThat(calls(Operation.ConnectCustomKeyStore)).isZero();
    }

    private String proxy() {
        var host = Place.newHost();
        aside.control().proxy(host).credentials(new ProxyCredential(Place.ACCESS_KEY, Place.SECRET_KEY));
        return host;
    }

    /** From a job's acceptance to its end, with whatever breaks off on the way. */
    private Job lives(Job job) {
        var stops = job.change().calls().stream()
                .flatMap(call -> breaking.points().stream().map(point -> new Stop(call.awsName(), point)))
                .toList();
        passage.stopAt(stops, this::showOldStates, this::breakOff);
        var ended = ended(job);

        assertThat(ended.status()).as(ended.toString()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(passage.left()).as(ended.toString()).isEmpty();
        assertThat(ended.steps()).extracting(Step::call).isEqualTo(job.change().calls());
        assertThat(ended.steps()).allSatisfy(step -> assertBrokenOff(step, job));
        assertThat(keptOf(job)).doesNotContain("sealed").doesNotContain(Course.secrets());
        return ended;
    }

    private void showOldStates() {
        if (breaking.then().stale.isPositive()) {
            aside.staleDescribes(breaking.then().stale);
        }
    }

    private void breakOff() {
        leases.take(place.target().name());
    }

    private Job ended(Job job) {
        var until = SandboxOfTests.TIME.instant().plus(LONG);
        while (place.now(job).end() == null && SandboxOfTests.TIME.instant().isBefore(until)) {
            try {
                place.tick(TICK);
            } catch (FenceLost brokenOff) {
                SandboxOfTests.TIME.advance(breaking.then().pause);
            }
        }
        return place.now(job);
    }

    /** That it was asked just as often as it had to be, and what is known of the answer. */
    private void assertBrokenOff(Step step, Job job) {
        var unheard = breaking.points().getLast() == BEFORE_THE_ANSWER;
        // What nobody can see KMS is told again.
        var unseen = step.call() == Call.UPDATE && job.change().properties().hasSecrets();
        var again = breaking.points().getLast() == BEFORE_KMS || (unheard && unseen);
        var asks = breaking.points().size() + (again ? 1 : 0);
        assertThat(step.asks()).as(step.toString()).isEqualTo(asks);
        assertThat(step.accepted()).as(step.toString()).isEqualTo(!unheard || unseen);
    }

    /** Another tool disconnects the store, and can't connect it any more. */
    private void failsElsewhere(KeyStoreId id, Course course) {
        try (var elsewhere = aside.elsewhere()) {
            elsewhere.disconnectCustomKeyStore(call -> call.customKeyStoreId(id.value()));
            SandboxOfTests.TIME.advance(Duration.ofMinutes(1));
            course.trouble().run();
            elsewhere.connectCustomKeyStore(call -> call.customKeyStoreId(id.value()));
            SandboxOfTests.TIME.advance(Duration.ofMinutes(1));
        }
        assertThat(aside.stateInKms(id)).isEqualTo("FAILED");
    }

    private List<String> storesInKms() {
        try (var elsewhere = aside.elsewhere()) {
            return elsewhere.describeCustomKeyStores().customKeyStores().stream()
                    .map(store -> store.customKeyStoreId())
                    .toList();
        }
    }

    private long calls(Operation operation) {
        return aside.calls(operation).total();
    }

    private String keptOf(Job job) {
        return String.valueOf(jdbc.sql("SELECT properties FROM job WHERE id = :id")
                .param("id", job.id())
                .query(String.class)
                .optional()
                .orElse(null));
    }
}
