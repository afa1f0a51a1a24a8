package dev.keystores.job;

import dev.keystores.job.NextStep.Ask;
import dev.keystores.job.NextStep.Finish;
import dev.keystores.job.NextStep.Recognise;
import dev.keystores.job.NextStep.Wait;
import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.keystore.Property;
import dev.keystores.kms.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job told look by look and answer by answer, without KMS and without a database. */
final class Story {

    static final JobSettings SETTINGS = new JobSettings(
            Duration.ofSeconds(30),
            new JobSettings.Deadline(
                    Duration.ofMinutes(40), Duration.ofMinutes(20), Duration.ofMinutes(5), Duration.ofMinutes(10)),
            Duration.ofDays(90));

    static final Duration LEASE = Duration.ofSeconds(20);

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final JobPlan plan = new JobPlan(SETTINGS, LEASE);
    private Job job;
    private Instant now = NOON;
    private Duration age = Duration.ZERO;
    private @Nullable NextStep next;
    private KeyStore store;
    private @Nullable KeyStore namesake;
    private @Nullable KeyStore clusterUser;

    private Story(Change change, KeyStoreType type, @Nullable Duration timeout, Memory.@Nullable Earlier earlier) {
        var id = change instanceof Change.Create ? null : new KeyStoreId("cks-1");
        var subject = new Subject("prod-eu", id, type);
        store = store("cks-1", "payments", type, NOON.minusSeconds(86_400));
        var request = Request.by("ada", "127.0.0.1", null, timeout);
        job = Job.accepted("job-1", change, subject, request, null, Memory.after(earlier), SETTINGS, now);
    }

    static Story of(Change change) {
        return new Story(change, KeyStoreType.AWS_CLOUDHSM, null, null);
    }

    static Story of(Change change, KeyStoreType type) {
        return new Story(change, type, null, null);
    }

    static Story of(Change change, Duration timeout) {
        return new Story(change, KeyStoreType.AWS_CLOUDHSM, timeout, null);
    }

    /** Another job had asked for something just before, when the store was in a state. */
    static Story of(Change change, ConnectionState before) {
        return new Story(change, KeyStoreType.AWS_CLOUDHSM, null, new Memory.Earlier(before, false, NOON));
    }

    /** It had, and its effect was seen. */
    static Story after(ConnectionState before, Change change) {
        return new Story(change, KeyStoreType.AWS_CLOUDHSM, null, new Memory.Earlier(before, true, NOON));
    }

    /** The store has just been created. */
    static Story afterCreation(Change change) {
        return new Story(change, KeyStoreType.AWS_CLOUDHSM, null, new Memory.Earlier(null, false, NOON));
    }

    static Story of(Change.Kind kind) {
        return of(change(kind));
    }

    /** The simplest of a kind. */
    static Change change(Change.Kind kind) {
        var renamed = KeyStoreProperties.NONE.with(Property.NAME, "payments-new");
        return switch (kind) {
            case CONNECT -> new Change.Connect();
            case DISCONNECT -> new Change.Disconnect();
            case REPAIR -> new Change.Repair(KeyStoreProperties.NONE, false);
            case CREATE -> new Change.Create(KeyStoreType.EXTERNAL_KEY_STORE, renamed, false);
            case UPDATE -> new Change.Update(renamed, false);
            case DELETE -> new Change.Delete();
        };
    }

    /** A FAILED store shows USER_LOGGED_IN. */
    Story sees(ConnectionState state) {
        return sees(state, state == ConnectionState.FAILED ? "USER_LOGGED_IN" : null);
    }

    Story seesFailed(@Nullable String connectionErrorCode) {
        return sees(ConnectionState.FAILED, connectionErrorCode);
    }

    Story sees(ConnectionState state, @Nullable String connectionErrorCode) {
        return looks(new Sighting.Seen(shown(state, connectionErrorCode), namesake));
    }

    Story seesNothingOfIt() {
        return looks(new Sighting.Gone());
    }

    /** That the store which is to be created isn't there. */
    Story seesNone() {
        return looks(new Sighting.Unborn(namesake, clusterUser));
    }

    /** From now on another store has the name that the job gives. */
    Story withNamesake(@Nullable KeyStore another) {
        namesake = another;
        return this;
    }

    Story withClusterUser(KeyStore another) {
        clusterUser = another;
        return this;
    }

    /** From now on looks show the store so. */
    Story showing(KeyStore shown) {
        store = shown;
        return this;
    }

    /** What a create recognised, or KMS told. */
    Story born(KeyStore created) {
        store = created;
        namesake = null;
        job = job.born(created.id());
        return this;
    }

    static KeyStore store(String id, String name, KeyStoreType type, @Nullable Instant created) {
        var configuration = switch (type) {
            case AWS_CLOUDHSM -> new Configuration.CloudHsm("cluster-payments234", "PEM");
            case EXTERNAL_KEY_STORE ->
                new Configuration.ExternalKeyStore(
                        "PUBLIC_ENDPOINT",
                        "https://proxy.example.com",
                        "/kms/xks/v1",
                        "ACCESSKEYACCESSKEY22",
                        null,
                        null);
        };
        return new KeyStore(new KeyStoreId(id), name, type, ConnectionState.DISCONNECTED, null, created, configuration);
    }

    private KeyStore shown(ConnectionState state, @Nullable String connectionErrorCode) {
        return new KeyStore(
                store.id(),
                store.name(),
                store.type(),
                state,
                connectionErrorCode,
                store.creationDate(),
                store.configuration());
    }

    Story seesWordsOfANewerKms() {
        return looks(new Sighting.Unreadable());
    }

    Story cannotLook(Reason reason) {
        return looks(new Sighting.Unseen(reason, reason.name(), "kms:DescribeCustomKeyStores said no"));
    }

    /** KMS took the call that was just asked. */
    Story accepted() {
        return answered(new Answer(now, Answer.OK, null, null, "request-1"));
    }

    Story answered(Reason reason, String code) {
        return answered(new Answer(now, code, reason, "as KMS words it", "request-1"));
    }

    Story throttled() {
        return answered(Reason.THROTTLED, "ThrottlingException");
    }

    Story unanswered() {
        return answered(Reason.UNCERTAIN, "KMSInternalException");
    }

    Story toldInvalidState() {
        return answered(Reason.INVALID_STATE, "CustomKeyStoreInvalidStateException");
    }

    Story later(Duration time) {
        now = now.plus(time);
        return this;
    }

    Story seconds(int time) {
        return later(Duration.ofSeconds(time));
    }

    /** Other jobs of the target hold up what a look brings. */
    Story heldUpFor(int seconds) {
        age = Duration.ofSeconds(seconds);
        return this;
    }

    Story cancelled() {
        job = job.cancelAskedBy("ada", now);
        return this;
    }

    Job job() {
        return job;
    }

    Instant now() {
        return now;
    }

    NextStep next() {
        return java.util.Objects.requireNonNull(next);
    }

    /** Such as {@code ask CONNECT}, {@code wait}, {@code succeeded}, {@code cancelled}, {@code failed REPAIR_FIRST}. */
    String then() {
        return switch (next()) {
            case Ask ask -> "ask " + ask.call();
            case Wait wait -> "wait";
            case Recognise recognise -> "recognise " + recognise.created().id();
            case Finish finish -> outcome(finish.outcome());
        };
    }

    JobError error() {
        return ((Outcome.Failed) ((Finish) next()).outcome()).error();
    }

    String cancellation() {
        return ((Outcome.Cancelled) ((Finish) next()).outcome()).detail();
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded -> "succeeded";
            case Outcome.Cancelled cancelled -> "cancelled";
            case Outcome.Failed failed -> "failed " + failed.error().code();
        };
    }

    private Story looks(Sighting sighting) {
        next = plan.next(job, sighting, now.minus(age), now);
        job = job.saw(sighting, SETTINGS, now);
        if (next instanceof Ask ask) {
            var state = sighting instanceof Sighting.Seen seen ? seen.state() : null;
            job = job.asks(ask.call(), state, SETTINGS, now);
        }
        return this;
    }

    private Story answered(Answer answer) {
        job = job.answered(new Answered(answer, null));
        return this;
    }
}
