package dev.keystores.job;

import static dev.keystores.keystore.ConnectionState.CONNECTED;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.Property;
import dev.keystores.keystore.Secret;
import dev.keystores.kms.Operation;
import dev.keystores.sandbox.kms.Fault;
import dev.keystores.sandbox.xks.ProxyCredential;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Create, update and delete, look by look, against the sandbox's wire: what goes wrong on the way, and what is left of it. */
@SteppedService
class LifeTickTest {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final KeyStoreProperties PASSWORD =
            KeyStoreProperties.NONE.with(Property.KEY_STORE_PASSWORD, new Secret.Given("an0therPassword"));

    @Autowired
    private Bench bench;

    @Autowired
    private Jobs jobs;

    @Autowired
    private JdbcClient jdbc;

    private Place place;

    @BeforeEach
    void freshAccount() {
        place = bench.fresh();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void createsOnceThoughKmsSaysNoAtFirst(Fault fault) {
        place.failNext(Operation.CreateCustomKeyStore, 1, fault);
        var job = place.end(place.create(place.onCluster('A'), true), LONG);

        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(storesAtKms()).isOne();
        assertThat(place.store(job.subject().id()).state()).isEqualTo(CONNECTED);
    }

    @Test
    void findsTheStoreAgainOfWhichNoAnswerCame() {
        place.breakConnectionAfterEffect(Operation.CreateCustomKeyStore, 1);

        var job = place.end(place.create(place.onCluster('A'), true), LONG);

        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(job.steps().getFirst().asks()).isOne();
        assertThat(place.calls(Operation.CreateCustomKeyStore).total()).isOne();
        assertThat(storesAtKms()).isOne();
    }

    /** The longer they do, the sooner KMS is asked once more: and says no because of the very store. */
    @ParameterizedTest
    @ValueSource(ints = {10, 40})
    void findsTheStoreAgainWhateverOldLooksShow(int seconds) {
        place.staleDescribes(Duration.ofSeconds(seconds));
        place.breakConnectionAfterEffect(Operation.CreateCustomKeyStore, 1);

        var job = place.end(place.create(place.behindProxy(proxy()), true), LONG);

        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(storesAtKms()).isOne();
    }

    @Test
    void takesNoStoreOfSomebodyElseForItsOwn() {
        place.failNext(Operation.CreateCustomKeyStore, 1, Fault.INTERNAL_BEFORE_EFFECT);
        var job = place.create(place.behindProxy(proxy()), false);
        place.tick();
        place.created(place.onCluster('A').with(Property.NAME, nameOf(job)));

        var ended = place.end(job, LONG);

        assertThat(error(ended)).isEqualTo("CustomKeyStoreNameInUseException");
        assertThat(ended.subject().keyStoreId()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void reconnectsThoughKmsSaysNoAtFirst(Fault fault) {
        var id = place.external();
        place.end(place.submit(new Change.Connect(), id), LONG);
        Stream.of(Operation.DisconnectCustomKeyStore, Operation.UpdateCustomKeyStore, Operation.ConnectCustomKeyStore)
                .forEach(operation -> place.failNext(operation, 1, fault));
        var path = KeyStoreProperties.NONE.with(Property.XKS_PROXY_URI_PATH, "/kms/xks/v1");

        var job = place.end(place.submit(new Change.Repair(path, true), id), LONG);

        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(job.steps()).extracting(Step::call).containsExactly(Call.DISCONNECT, Call.UPDATE, Call.CONNECT);
        assertThat(job.steps()).allMatch(step -> step.asks() > 0);
        assertThat(place.stateInKms(id)).isEqualTo("CONNECTED");
    }

    @Test
    void isTheJobOfItsStoreAsSoonAsThatIsThere() {
        var job = place.create(place.onCluster('A'), true).id();
        place.tick();
        var created = place.find(job).subject().id();
        place.tick();

        assertThat(place.store(created).activeJob()).isEqualTo(job);
        assertThat(place.store(created).wantedState()).isEqualTo(CONNECTED);
        assertThatThrownBy(() -> place.submit(new Change.Delete(), created)).isInstanceOf(KeyStoreBusy.class);
    }

    @Test
    void isAmongThoseThatCreateOneUntilThatHasAnId() {
        place.failNext(Operation.CreateCustomKeyStore, 1, Fault.INTERNAL_BEFORE_EFFECT);
        var job = place.create(place.onCluster('A'), false);
        place.tick();
        assertThat(jobs.creating(10)).extracting(Job::id).contains(job.id());

        place.end(job, LONG);

        assertThat(jobs.creating(10)).extracting(Job::id).doesNotContain(job.id());
    }

    /** A look may show it before its job has turned to it. */
    @Test
    void letsNobodyInBetweenThoughTheInventoryDoesNotNameItsJobYet() {
        var job = place.create(place.onCluster('A'), false);
        place.tick();
        place.refresh();
        var created = place.find(job.id()).subject().id();

        assertThat(place.store(created).activeJob()).isNull();
        assertThatThrownBy(() -> place.submit(new Change.Connect(), created)).isInstanceOf(KeyStoreBusy.class);
        assertThat(place.end(job, LONG).status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void createsOneOfANameAtATime() {
        var properties = place.onCluster('A');
        var job = place.create(properties, false);

        assertThat(place.create(properties, false).id()).isEqualTo(job.id());
        assertThatThrownBy(() -> place.create(properties, true)).isInstanceOf(KeyStoreBusy.class);
        assertThatThrownBy(() -> place.create(
                        properties.with(Property.KEY_STORE_PASSWORD, new Secret.Given("an0therPassword")), false))
                .isInstanceOf(KeyStoreBusy.class);
        place.end(job, LONG);
        assertThatThrownBy(() -> place.create(properties, false))
                .isInstanceOf(KeyStoreExists.class)
                .hasMessageStartingWith("name: belongs to cks-");
        assertThatThrownBy(() -> place.create(properties.with(Property.NAME, "another"), false))
                .isInstanceOf(KeyStoreExists.class)
                .hasMessageStartingWith("cloudHsmClusterId: belongs to cks-");
    }

    @Test
    void answersTheSameCreateWithItsJobUntilThatHasEnded() {
        var properties = place.onCluster('A');
        var job = place.create(properties, true);
        place.tick();
        assertThat(place.find(job.id()).subject().keyStoreId()).isNotNull();
        // KMS has it, and no look has shown it.
        assertThat(place.create(properties, true).id()).isEqualTo(job.id());
        place.tick().tick();
        // It is listed, and connecting.
        assertThat(place.create(properties, true).id()).isEqualTo(job.id());
        assertThatThrownBy(() -> place.create(properties, false)).isInstanceOf(KeyStoreBusy.class);

        assertThat(place.end(job, LONG).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.calls(Operation.CreateCustomKeyStore).total()).isOne();
    }

    @Test
    void renamesAStoreToTheNameThatItHas() {
        var id = place.cloudHsm('A');
        var name = place.store(id).keyStore().name();

        var job = place.end(
                place.submit(new Change.Update(KeyStoreProperties.NONE.with(Property.NAME, name), false), id), LONG);

        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void looksOnceMoreBeforeItCreatesBecauseOfWhatItSawLongAgo() {
        var properties = place.behindProxy(proxy());
        var job = place.create(properties, false);
        var late = place.look();
        place.created(properties);
        SandboxOfTests.TIME.advance(Duration.ofSeconds(4));

        place.move(job, late);

        assertThat(place.calls(Operation.CreateCustomKeyStore).total()).isOne();
        assertThat(place.now(job).progress().lastProblem()).contains("has been created meanwhile");
    }

    @Test
    void waitsForTheEndOfAJobThatSomebodyAskedForOnTheStoreItRecognises() {
        place.breakConnectionAfterEffect(Operation.CreateCustomKeyStore, 1);
        var job = place.create(place.onCluster('A'), false);
        place.tick();
        // A look shows it to others before its own job has had its turn.
        place.refresh();
        var created = place.only();
        var connect = place.submit(new Change.Connect(), created);

        place.tick();

        assertThat(place.now(job).subject().keyStoreId()).isNull();
        assertThat(place.end(connect, LONG).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.end(job, LONG).status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void takesADeleteThatWasCancelledTooLateForOneThatMayHaveDeleted() {
        var id = place.cloudHsm('A');
        place.end(place.submit(new Change.Connect(), id), LONG);
        try (var elsewhere = place.elsewhere()) {
            elsewhere.disconnectCustomKeyStore(store -> store.customKeyStoreId(id.value()));
        }
        place.ticks(10);
        assertThat(place.store(id).wantedState()).isEqualTo(CONNECTED);
        var job = place.submit(new Change.Delete(), id);
        place.tick();
        place.cancel(job);

        place.end(job, LONG);

        assertThat(place.stateInKms(id)).isEqualTo("none");
        assertThat(place.store(id).wantedState()).isNull();
    }

    @Test
    void createsNothingThatWasCancelledAfterTheLook() {
        var job = place.create(place.onCluster('A'), true);
        var glimpse = place.look();
        place.cancel(job);

        place.move(job, glimpse);

        assertThat(place.end(job, LONG).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(place.calls(Operation.CreateCustomKeyStore).total()).isZero();
    }

    @Test
    void deletesNothingThatWasCancelledAfterTheLook() {
        var id = place.cloudHsm('A');
        var job = place.submit(new Change.Delete(), id);
        var glimpse = place.look();
        place.cancel(job);

        place.move(job, glimpse);

        assertThat(place.end(job, LONG).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(place.calls(Operation.DeleteCustomKeyStore).total()).isZero();
    }

    /** A look may go back in time, to when there was no such store. */
    @Test
    void deletesWhatWasCreatedAMomentAgo() {
        var before = place.look().look();
        var id = place.end(place.create(place.onCluster('A'), false), LONG)
                .subject()
                .id();
        var job = place.submit(new Change.Delete(), id);

        place.move(job, new Place.Glimpse(place.look().fence(), before));

        assertThat(place.now(job).end()).isNull();
        assertThat(place.end(job, LONG).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.stateInKms(id)).isEqualTo("none");
    }

    @Test
    void keepsWantingConnectedWhatItWasCancelledConnecting() {
        var job = place.create(place.onCluster('A'), true);
        place.tick().tick().tick();
        assertThat(place.calls(Operation.ConnectCustomKeyStore).total()).isOne();

        var ended = place.end(place.cancel(job), LONG);

        assertThat(place.store(ended.subject().id()).wantedState()).isEqualTo(CONNECTED);
    }

    /** Nobody has said here what it is to be, but it was in use until we took it out of use. */
    @Test
    void wantsConnectedWhatAnUpdateHasLeftDisconnected() {
        var id = place.cloudHsm('A');
        try (var elsewhere = place.elsewhere()) {
            elsewhere.connectCustomKeyStore(store -> store.customKeyStoreId(id.value()));
        }
        place.ticks(15);
        assertThat(place.store(id).state()).isEqualTo(CONNECTED);
        var unrelated = KeyStoreProperties.NONE.with(
                Property.CLOUD_HSM_CLUSTER_ID, place.cluster('B').id());

        var job = place.end(place.submit(new Change.Update(unrelated, true), id), LONG);

        assertThat(error(job)).isEqualTo("CloudHsmClusterNotRelatedException");
        assertThat(place.store(id).state()).isEqualTo(DISCONNECTED);
        assertThat(place.store(id).wantedState()).isEqualTo(CONNECTED);
    }

    @Test
    void leavesTheWantedStateAloneWhereAnUpdateSucceedsOrDisconnectsNothing() {
        var id = place.cloudHsm('A');
        try (var elsewhere = place.elsewhere()) {
            elsewhere.connectCustomKeyStore(store -> store.customKeyStoreId(id.value()));
        }
        place.ticks(15);

        place.end(place.submit(new Change.Update(PASSWORD, false), id), LONG);
        assertThat(place.store(id).wantedState()).isNull();
        var same = KeyStoreProperties.NONE.with(
                Property.CLOUD_HSM_CLUSTER_ID, place.cluster('A').id());
        assertThat(place.end(place.submit(new Change.Update(same, true), id), LONG)
                        .status())
                .isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.store(id).wantedState()).isNull();
    }

    @Test
    void takesBackARepairThatWasCancelledBeforeAnythingWasAsked() {
        var id = place.cloudHsm('A');

        place.end(place.cancel(place.submit(new Change.Repair(KeyStoreProperties.NONE, true), id)), LONG);

        assertThat(place.store(id).wantedState()).isNull();
    }

    @Test
    void createsAgainWhatWasDeletedAMomentAgo() {
        place.staleDescribes(Duration.ofSeconds(6));
        var first = place.end(place.create(place.onCluster('A'), false), LONG);
        place.end(place.submit(new Change.Delete(), first.subject().id()), LONG);

        var second = place.end(place.create(place.onCluster('A'), false), LONG);

        assertThat(second.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(second.subject().keyStoreId()).isNotEqualTo(first.subject().keyStoreId());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void updatesThoughNoAnswerCame(boolean visible) {
        var id = place.cloudHsm('A');
        place.breakConnectionAfterEffect(Operation.UpdateCustomKeyStore, 1);
        var properties = visible ? KeyStoreProperties.NONE.with(Property.NAME, "renamed") : PASSWORD;

        var job = place.end(place.submit(new Change.Update(properties, false), id), LONG);

        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        // What a look shows need not be asked for again.
        assertThat(place.calls(Operation.UpdateCustomKeyStore).total()).isEqualTo(visible ? 1 : 2);
    }

    @Test
    void deletesThoughNoAnswerCame() {
        var id = place.cloudHsm('A');
        place.breakConnectionAfterEffect(Operation.DeleteCustomKeyStore, 1);

        var job = place.end(place.submit(new Change.Delete(), id), LONG);

        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.calls(Operation.DeleteCustomKeyStore).total()).isOne();
        assertThat(place.store(id).gone()).isTrue();
    }

    @Test
    void deletesWhatIsGoneAlready() {
        var id = place.cloudHsm('A');
        try (var elsewhere = place.elsewhere()) {
            elsewhere.deleteCustomKeyStore(store -> store.customKeyStoreId(id.value()));
        }
        place.tick();

        var job = place.end(place.submit(new Change.Delete(), id), LONG);

        assertThat(job.end().detail()).isEqualTo("it was gone already");
        assertThat(place.calls(Operation.DeleteCustomKeyStore).total()).isOne();
    }

    @Test
    void changesTheWantedStateAsEachKindShould() {
        var id = place.end(place.create(place.onCluster('A'), false), LONG)
                .subject()
                .id();
        assertThat(place.store(id).wantedState()).isNull();

        place.end(place.submit(new Change.Connect(), id), LONG);
        place.end(
                place.submit(new Change.Update(KeyStoreProperties.NONE.with(Property.NAME, "renamed"), false), id),
                LONG);
        assertThat(place.store(id).wantedState()).isEqualTo(CONNECTED);

        // Nothing of a delete that KMS would refuse.
        place.end(place.submit(new Change.Delete(), id), LONG);
        assertThat(place.store(id).wantedState()).isEqualTo(CONNECTED);

        place.end(place.submit(new Change.Disconnect(), id), LONG);
        place.end(place.submit(new Change.Update(PASSWORD, false), id), LONG);
        assertThat(place.store(id).wantedState()).isEqualTo(DISCONNECTED);

        place.end(place.cancel(place.submit(new Change.Delete(), id)), LONG);
        assertThat(place.store(id).wantedState()).isEqualTo(DISCONNECTED);

        place.end(place.submit(new Change.Delete(), id), LONG);
        assertThat(place.store(id).wantedState()).isNull();
    }

    @Test
    void wantsNothingConnectedWhoseConnectWasCancelledBeforeItWasAsked() {
        var job = place.create(place.onCluster('A'), true);
        place.tick();
        place.cancel(job);

        var ended = place.end(job, LONG);

        assertThat(ended.status()).isEqualTo(JobStatus.CANCELLED);
        place.tick();
        assertThat(place.store(ended.subject().id()).wantedState()).isNull();
        assertThat(place.calls(Operation.ConnectCustomKeyStore).total()).isZero();
    }

    @Test
    void keepsASecretSealedAndErasesItAtTheEnd() {
        var id = place.cloudHsm('A');
        var job = place.submit(new Change.Update(PASSWORD, false), id);

        assertThat(properties(job)).contains("\"sealed\":").doesNotContain("an0therPassword");
        place.end(job, LONG);
        assertThat(properties(job)).isEqualTo("{\"KEY_STORE_PASSWORD\":{\"erased\":true}}");
        assertThat(place.now(job).change().properties().secret(Property.KEY_STORE_PASSWORD))
                .isEqualTo(new Secret.Erased());
    }

    @Test
    void erasesTheSecretOfAJobThatIsCancelled() {
        var job = place.cancel(place.submit(new Change.Update(PASSWORD, false), place.cloudHsm('A')));

        place.end(job, LONG);

        assertThat(properties(job)).isEqualTo("{\"KEY_STORE_PASSWORD\":{\"erased\":true}}");
    }

    @Test
    void readsAStoredSecretWhenKmsIsAsked() {
        var id = place.cloudHsm('A');
        place.control().cluster(place.cluster('A').id()).kmsuserPassword("st0redPassword");
        var arn = stored("first-value");
        var job = place.submit(new Change.Update(reference(arn), true), id);
        // Between acceptance and ask it is given its true value.
        secrets().putSecretValue(secret -> secret.secretId(arn).secretString("st0redPassword"));

        assertThat(place.end(job, LONG).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.end(place.submit(new Change.Connect(), id), LONG).status())
                .isEqualTo(JobStatus.SUCCEEDED);
        assertThat(properties(job)).doesNotContain("st0redPassword");
    }

    @Test
    void disconnectsNothingForASecretThatCannotBeRead() {
        var id = place.cloudHsm('A');
        place.end(place.submit(new Change.Connect(), id), LONG);
        var arn = stored("st0redPassword");
        place.control().secret(arn).deny();

        var job = place.end(place.submit(new Change.Update(reference(arn), true), id), LONG);

        assertThat(error(job)).isEqualTo("AccessDeniedException");
        assertThat(job.end().error().detail())
                .contains("secretsmanager:GetSecretValue")
                .contains(arn);
        assertThat(place.calls(Operation.DisconnectCustomKeyStore).total()).isZero();
        assertThat(place.store(id).state()).isEqualTo(CONNECTED);
    }

    @Test
    void asksKmsForNothingWithASecretThatIsNotThereOrBreaksItsRule() {
        var id = place.cloudHsm('A');
        var missing =
                place.submit(new Change.Update(reference(stored("x").replace("secret:", "secret:no-")), false), id);
        assertThat(error(place.end(missing, LONG))).isEqualTo("ResourceNotFoundException");
        var wrong = place.submit(new Change.Update(reference(stored("short")), false), id);
        assertThat(error(place.end(wrong, LONG))).isEqualTo("SECRET_UNREADABLE");
        assertThat(place.now(wrong).end().error().detail())
                .isEqualTo(
                        "keyStorePassword: what is referred to must be 7 to 32 characters: text without control characters");

        assertThat(place.calls(Operation.UpdateCustomKeyStore).total()).isZero();
        assertThat(place.now(wrong).steps())
                .singleElement()
                .extracting(Step::asks)
                .isEqualTo(0);
    }

    private String nameOf(Job job) {
        return String.valueOf(job.change().properties().value(Property.NAME));
    }

    private String proxy() {
        var host = Place.newHost();
        place.control().proxy(host).credentials(new ProxyCredential("ACCESSKEYACCESSKEY22", Place.SECRET_KEY));
        return host;
    }

    private String properties(Job job) {
        return jdbc.sql("SELECT properties FROM job WHERE id = :id")
                .param("id", job.id())
                .query(String.class)
                .single();
    }

    private static KeyStoreProperties reference(String arn) {
        return KeyStoreProperties.NONE.with(Property.KEY_STORE_PASSWORD, new Secret.Stored(arn));
    }

    private String stored(String value) {
        return secrets()
                .createSecret(
                        secret -> secret.name("kmsuser-" + value.hashCode()).secretString(value))
                .arn();
    }

    private SecretsManagerClient secrets() {
        var account = place.target().knownAccount().orElseThrow();
        return SecretsManagerClient.builder()
                .httpClient(ApacheHttpClient.create())
                .endpointOverride(place.endpoint())
                .region(Region.of(place.target().region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "any")))
                .build();
    }

    private static String error(Job ended) {
        var error = ended.end() == null ? null : ended.end().error();
        return error == null ? ended.status().name() : error.code();
    }

    private long storesAtKms() {
        return place.control().seen().worlds().stream()
                .filter(world ->
                        world.account().equals(place.target().knownAccount().orElseThrow()))
                .mapToLong(world -> world.stores().size())
                .sum();
    }
}
