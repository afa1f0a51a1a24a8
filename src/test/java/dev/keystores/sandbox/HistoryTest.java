package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.kms.Fault;
import dev.keystores.sandbox.kms.history.Part;
import dev.keystores.sandbox.kms.history.SeenCall;
import dev.keystores.sandbox.kms.history.SeenState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreInvalidStateException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.sts.StsClient;

class HistoryTest {

    private static final String CONNECT = "ConnectCustomKeyStore";
    private static final String ID = RunningSandbox.HSM_CONNECTS;

    private final RunningSandbox running = RunningSandbox.fresh();
    private final KmsClient kms = running.kms(RunningSandbox.EUROPE);

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void tellsOfACallWhatItMetAndWhatCameOfIt() {
        Instant now = running.clock.instant();

        connect();

        assertThat(calls()).singleElement().satisfies(call -> {
            assertThat(call.operation()).isEqualTo(CONNECT);
            assertThat(call.account()).isEqualTo(RunningSandbox.ACCOUNT);
            assertThat(call.region()).isEqualTo(RunningSandbox.EUROPE);
            assertThat(call.keyStoreId()).isEqualTo(ID);
            assertThat(call.stateBefore()).hasToString("DISCONNECTED");
            assertThat(call.outcome()).isEqualTo("OK");
            assertThat(call.fault()).isNull();
            assertThat(call.arrivedAt()).isEqualTo(now);
            assertThat(call.answeredAt()).isEqualTo(now);
            assertThat(call.caller().accessKeyId()).isEqualTo(RunningSandbox.ACCOUNT);
            assertThat(call.caller().roleSession()).isNull();
            assertThat(call.caller().userAgent()).startsWith("aws-sdk-java/");
        });
    }

    @Test
    void namesTheSessionOfWhoeverHasAssumedARole() {
        var role = running.client(StsClient.builder(), RunningSandbox.ACCOUNT, RunningSandbox.EUROPE)
                .assumeRole(call ->
                        call.roleArn("arn:aws:iam::444455556666:role/any").roleSessionName("of-job-1"))
                .credentials();
        var session = StaticCredentialsProvider.create(
                AwsSessionCredentials.create(role.accessKeyId(), role.secretAccessKey(), role.sessionToken()));

        kms.describeCustomKeyStores(call -> call.overrideConfiguration(with -> with.credentialsProvider(session)));

        assertThat(calls()).singleElement().satisfies(call -> {
            assertThat(call.account()).isEqualTo("444455556666");
            assertThat(call.caller().roleSession()).isEqualTo("of-job-1");
            assertThat(call.keyStoreId()).isNull();
            assertThat(call.stateBefore()).isNull();
        });
    }

    @Test
    void tellsOfCallsThatCameToNothing() {
        running.control().failNext(CONNECT, RunningSandbox.ACCOUNT, RunningSandbox.EUROPE, 1, Fault.THROTTLED);
        assertThatThrownBy(this::connect).isInstanceOf(KmsException.class);
        connect();
        assertThatThrownBy(() -> kms.deleteCustomKeyStore(call -> call.customKeyStoreId(ID)))
                .isInstanceOf(CustomKeyStoreInvalidStateException.class);

        assertThat(calls())
                .extracting(call -> call.stateBefore() + " " + call.outcome() + " " + call.fault())
                .containsExactly(
                        "DISCONNECTED ThrottlingException THROTTLED",
                        "DISCONNECTED OK null",
                        "CONNECTING CustomKeyStoreInvalidStateException null");
    }

    @Test
    void knowsTheStateThatAStaleDescribeDoesNotShow() {
        running.control()
                .staleDescribes(
                        RunningSandbox.ACCOUNT, RunningSandbox.EUROPE, RunningSandbox.HSM_CONNECT.plusSeconds(9));
        connect();
        running.clock.advance(RunningSandbox.HSM_CONNECT);

        kms.describeCustomKeyStores(call -> call.customKeyStoreId(ID));
        connect();

        assertThat(calls())
                .extracting(SeenCall::stateBefore)
                .extracting(String::valueOf)
                .containsExactly("DISCONNECTED", "CONNECTED", "CONNECTED");
    }

    @Test
    void tellsWhenEachStateCameAbout() {
        Instant start = running.clock.instant();
        connect();
        running.clock.advance(RunningSandbox.HSM_CONNECT.plus(Duration.ofSeconds(7)));
        kms.describeCustomKeyStores();

        assertThat(running.control().historyAfter(0).states())
                .filteredOn(state -> state.keyStoreId().equals(ID))
                .extracting(SeenState::connectionState, SeenState::since)
                .extracting(Object::toString)
                .contains(
                        "(CONNECTING, %s)".formatted(start),
                        "(CONNECTED, %s)".formatted(start.plus(RunningSandbox.HSM_CONNECT)));
    }

    @Test
    void goesOnAfterANumberAlsoOverTheDoor() {
        connect();
        Part first = running.control().historyAfter(0);
        kms.describeCustomKeyStores();

        var answer =
                running.send("GET", "/_sandbox/history/" + first.last(), "").body();

        assertThat(answer.get("calls").valueStream())
                .extracting(call -> call.get("operation").asString())
                .containsExactly("DescribeCustomKeyStores");
        assertThat(answer.get("states").size()).isZero();
        long last = answer.get("last").asLong();
        assertThat(running.control().historyAfter(last)).isEqualTo(new Part(List.of(), List.of(), last));
    }

    @Test
    void forgetsAtAResetAndNumbersOn() {
        connect();
        long before = running.control().historyAfter(0).last();

        running.control().reset();
        kms.describeCustomKeyStores();

        assertThat(calls())
                .singleElement()
                .satisfies(call -> assertThat(call.number()).isGreaterThan(before));
    }

    private void connect() {
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(ID));
    }

    private List<SeenCall> calls() {
        return running.control().historyAfter(0).calls();
    }
}
