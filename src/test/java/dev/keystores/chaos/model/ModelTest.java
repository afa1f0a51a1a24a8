package dev.keystores.chaos.model;

import static dev.keystores.chaos.model.Job.CANCELLED;
import static dev.keystores.chaos.model.Job.FAILED;
import static dev.keystores.chaos.model.Job.SUCCEEDED;
import static dev.keystores.chaos.model.Operations.CONNECT;
import static dev.keystores.chaos.model.Operations.DESCRIBE;
import static dev.keystores.chaos.model.Operations.DISCONNECT;
import static dev.keystores.chaos.model.Tale.JOB;
import static dev.keystores.chaos.model.Tale.ONE;
import static dev.keystores.chaos.model.Tale.STORE;
import static dev.keystores.chaos.model.Tale.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.chaos.model.Job.Kind;
import dev.keystores.chaos.model.Submission.Attempt;
import dev.keystores.chaos.model.Tale.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each way to break a promise, made up: a model that finds nothing would prove nothing. */
class ModelTest {

    private final Tale tale = Tale.ofAConnect();

    @Test
    void findsNothingWhereAllIsWell() {
        assertThat(tale.violations()).isEmpty();
    }

    @Test
    void missesAJobThatWasAccepted() {
        tale.jobs.clear();
        tale.calls.clear();

        assertBroken("AcceptedIsNeverLost", "which is nowhere");
    }

    @Test
    void wantsAnEndOfEveryJob() {
        tale.job(new Ended("RUNNING", null, null, 20, List.of()).asking(CONNECT, 1));

        assertBroken("AcceptedIsNeverLost", "has come to no end");
    }

    @Test
    void wantsEveryReplicaToKnowAnAcceptedJob() {
        tale.glimpses.add(new Glimpse("replica-2", JOB, Tale.at(1.05), null));
        assertThat(tale.violations()).isEmpty();

        tale.glimpses.add(new Glimpse("replica-2", JOB, Tale.at(1.2), null));

        assertBroken("AcceptedIsNeverLost", "replica-2 did not know it");
    }

    @Test
    void wantsAnEndToStay() {
        tale.glimpses.add(new Glimpse("replica-2", JOB, Tale.at(4), "RUNNING"));
        tale.glimpses.add(new Glimpse("replica-2", JOB, Tale.at(4.9), FAILED));

        assertBroken("AcceptedIsNeverLost", "had ended FAILED");
    }

    @Test
    void seesOneSubmissionAnsweredWithTwoJobs() {
        var first = tale.submissions.removeFirst();
        var other = new Attempt("replica-2", Tale.at(1), Tale.at(1.2), 202, "job-2", false);
        tale.submissions.add(new Submission(
                "s1", Kind.CONNECT, Tale.TARGET, STORE, List.of(first.attempts().getFirst(), other)));
        tale.another("job-2", Kind.CONNECT, "s1", 6, new Ended(SUCCEEDED, null, 7));

        assertBroken("NothingIsDoneTwice", "was answered with the jobs [job-1, job-2]", "submission s1 became");
    }

    @Test
    void seesAJobThatNobodySubmitted() {
        tale.another("job-2", Kind.CONNECT, "of-nobody", 6, new Ended(SUCCEEDED, null, 7));

        assertBroken("NothingIsDoneTwice", "nobody has submitted");
    }

    @Test
    void seesTwoJobsOfOneStoreAtOnce() {
        tale.accepted("s2", Kind.CONNECT, 4, "job-2");
        tale.another("job-2", Kind.CONNECT, "s2", 4, new Ended(SUCCEEDED, null, 6));

        assertBroken("NothingIsDoneTwice", "began before");
    }

    @Test
    void seesAStoreMovedTwiceByOneJob() {
        tale.state(6, "DISCONNECTED");
        tale.call(7, CONNECT, ONE, JOB);
        tale.state(7, "CONNECTING");
        tale.state(8, "CONNECTED");
        tale.job(new Ended(SUCCEEDED, null, 9).asking(CONNECT, 2));

        assertBroken("NothingIsDoneTwice", "moved its store with more than one Connect");
    }

    @Test
    void seesAnAskThatTheJobDoesNotRemember() {
        tale.job(new Ended(SUCCEEDED, null, 5));

        assertBroken("EveryAskIsOnItsJob", "remembers 0 asks");
    }

    @Test
    void countsNoAskThatWasThrottled() {
        tale.call(2.5, CONNECT, ONE, JOB, "ThrottlingException", "THROTTLED");
        tale.states.removeIf(state -> state.state().equals("CONNECTING"));
        tale.state(2.6, "CONNECTING");

        assertThat(tale.violations()).noneMatch(violation -> violation.startsWith("EveryAskIsOnItsJob"));
    }

    @Test
    void seesAnAskForNobody() {
        tale.call(1.5, CONNECT, ONE, "job-9");

        assertBroken("EveryAskIsOnItsJob", "of no job");
    }

    @Test
    void seesAnAskAfterTheCancellation() {
        tale.forgetFrom(2);
        tale.cancels.add(new Cancel(JOB, Tale.at(1.5)));
        tale.job(new Ended(CANCELLED, null, 2).asking(CONNECT, 1));
        assertThat(tale.violations()).isEmpty();

        tale.call(3, CONNECT, ONE, JOB);

        assertBroken("EveryAskIsOnItsJob", "had ended CANCELLED");
    }

    @Test
    void seesAConnectOfWhatIsConnecting() {
        tale.call(3, CONNECT, ONE, JOB);
        tale.job(new Ended(SUCCEEDED, null, 5).asking(CONNECT, 2));

        assertBroken("NoConnectTooMany", "nothing explains call");
    }

    @Test
    void takesOneExtraAskForACrashWithAStaleDescribe() {
        crashAndAskAgain(3.5);

        assertThat(tale.violations()).isEmpty();
        assertThat(tale.figures().extra()).isEqualTo(1);
    }

    @Test
    void wantsAnExtraAskOnItsJob() {
        crashAndAskAgain(3.5);
        tale.job(new Ended(SUCCEEDED, null, 5).asking(CONNECT, 1));

        assertBroken("NoConnectTooMany", "nothing explains");
    }

    @Test
    void wantsAStaleDescribeForAnExtraAsk() {
        crashAndAskAgain(3.5);
        tale.troubles.clear();

        assertBroken("NoConnectTooMany", "nothing explains");
    }

    @Test
    void takesNoMoreThanOneExtraAskForACrash() {
        crashAndAskAgain(3.5);
        tale.call(3.7, CONNECT, TWO, JOB);
        tale.call(3.9, CONNECT, TWO, JOB);
        tale.job(new Ended(SUCCEEDED, null, 5).asking(CONNECT, 4));

        assertBroken("NoConnectTooMany", "nothing explains");
    }

    @Test
    void takesNoExtraAskForEachStoreOfATargetAfterOneCrash() {
        crashAndAskAgain(3.5);
        var crash = tale.calls.stream().filter(KmsCall::isConnect).toList();
        crash.forEach(call -> tale.calls.add(new KmsCall(
                call.number() + 10,
                call.arrivedAt().plusMillis(1),
                call.answeredAt(),
                call.target(),
                CONNECT,
                "cks-2",
                call.process(),
                "job-2",
                call.stateBefore(),
                "OK",
                null)));
        tale.another("job-2", Kind.CONNECT, "s2", 1, new Ended(SUCCEEDED, null, 5).asking(CONNECT, 2));

        assertBroken("NoConnectTooMany", "2 extra asks after one event");
    }

    @Test
    void doesNotBelieveASuccessThatNeverWas() {
        tale.states.removeIf(state -> state.state().equals("CONNECTED"));

        assertBroken("OutcomesAreTrue", "its store was not CONNECTED");
    }

    @Test
    void doesNotBelieveAnOldSuccess() {
        tale.states.clear();
        tale.state(-20, "CONNECTED");
        tale.state(-10, "DISCONNECTED");
        tale.state(2, "CONNECTING");

        assertBroken("OutcomesAreTrue", "its store was not CONNECTED");
    }

    @Test
    void believesWhatAStaleDescribeShowed() {
        tale.forgetFrom(0);
        tale.states.clear();
        tale.state(-9, "CONNECTED");
        tale.state(0.5, "DISCONNECTED");
        tale.job(new Ended(SUCCEEDED, null, 5));
        assertBroken("OutcomesAreTrue", "its store was not CONNECTED");

        tale.stale(0.4, 6);

        assertThat(tale.violations()).isEmpty();
    }

    @Test
    void doesNotBelieveAStaleDescribeThatTheServiceKnowsBetter() {
        tale.job(new Ended(CANCELLED, null, 2.5).asking(CONNECT, 1));
        tale.cancels.add(new Cancel(JOB, Tale.at(2.2)));
        tale.stale(1.8, 3.8);
        tale.accepted("s2", Kind.DISCONNECT, 3, "job-2");
        tale.another("job-2", Kind.DISCONNECT, "s2", 3, new Ended(SUCCEEDED, null, 3.5));

        assertBroken("OutcomesAreTrue", "its store was not DISCONNECTED");
    }

    @Test
    void wantsTheCodeThatKmsGave() {
        tale.states.removeIf(state -> state.state().equals("CONNECTED"));
        tale.failed(4.5, "USER_LOGGED_IN");
        tale.job(new Ended(FAILED, "USER_LOGGED_IN", 5).asking(CONNECT, 1));
        assertThat(tale.violations()).isEmpty();

        tale.job(new Ended(FAILED, "CLUSTER_NOT_FOUND", 5).asking(CONNECT, 1));

        assertBroken("OutcomesAreTrue", "KMS never said so");
    }

    @Test
    void wantsTheExceptionThatKmsGave() {
        tale.forgetFrom(2);
        tale.job(new Ended(FAILED, "KMSInvalidStateException", 5).asking(CONNECT, 1));
        assertBroken("OutcomesAreTrue", "KMS never said so");

        tale.call(2, CONNECT, ONE, JOB, "KMSInvalidStateException", null);

        assertThat(tale.violations()).isEmpty();
    }

    @Test
    void wantsAFailedStoreForRepairFirst() {
        tale.forgetFrom(2);
        tale.job(new Ended(FAILED, "REPAIR_FIRST", 5));

        assertBroken("OutcomesAreTrue", "its store was not FAILED");
    }

    @Test
    void knowsThatNobodyElseWasThere() {
        tale.job(new Ended(FAILED, "DISCONNECTED_ELSEWHERE", 5).asking(CONNECT, 1));

        assertBroken("OutcomesAreTrue", "nobody else was there");
    }

    @Test
    void wantsACancellationToHaveBeenAskedFor() {
        tale.job(new Ended(CANCELLED, null, 5).asking(CONNECT, 1));

        assertBroken("OutcomesAreTrue", "nobody has cancelled it");
    }

    @Test
    void wantsADeadlineToHavePassed() {
        tale.states.removeIf(state -> state.state().equals("CONNECTED"));
        tale.job(new Ended(FAILED, "DEADLINE_EXCEEDED", 19).asking(CONNECT, 1));
        assertBroken("OutcomesAreTrue", "its deadline is");

        tale.job(new Ended(FAILED, "DEADLINE_EXCEEDED", 20.5).asking(CONNECT, 1));

        assertThat(tale.violations()).isEmpty();
    }

    @Test
    void wantsNothingGivenUpThatKmsEndedLongBefore() {
        tale.job(new Ended(FAILED, "DEADLINE_EXCEEDED", 20.5).asking(CONNECT, 1));

        assertBroken("OutcomesAreTrue", "its store was CONNECTED since");
    }

    @Test
    void countsFiveCallsInASecondAndNotSix() {
        for (int i = 0; i < 5; i++) {
            tale.call(10 + i * 0.2, DESCRIBE, ONE, null);
        }
        tale.call(11, DESCRIBE, TWO, null);
        tale.claims.clear();
        assertThat(tale.violations()).isEmpty();
        assertThat(tale.figures().mostInASecond()).isEqualTo(5);

        tale.call(10.9, DESCRIBE, TWO, null);

        assertBroken("TheQuotaHolds", "6 calls of DescribeCustomKeyStores in t1");
    }

    @Test
    void seesACallOfAProcessThatHasLostTheTarget() {
        tale.claim(6, TWO);
        tale.call(7, DESCRIBE, ONE, null);

        assertBroken("NobodyCallsWithoutTheTarget", ONE);
    }

    @Test
    void seesACallOfAProcessThatHasLetGo() {
        tale.claim(6, null);
        tale.call(7, DESCRIBE, ONE, null);

        assertBroken("NobodyCallsWithoutTheTarget", ONE);
    }

    @Test
    void reportsTheOneCallThatAPauseMayLetThrough() {
        tale.process(5.5, ONE, ProcessEvent.Kind.PAUSED);
        tale.process(6.5, ONE, ProcessEvent.Kind.RESUMED);
        tale.claim(6, TWO);
        tale.call(7, DESCRIBE, ONE, null);
        assertThat(tale.violations()).isEmpty();
        assertThat(tale.figures().late()).isEqualTo(1);

        tale.call(7.1, DESCRIBE, ONE, null);

        assertBroken("NobodyCallsWithoutTheTarget", "call 5");
    }

    @Test
    void measuresHowSoonAnotherProcessGoesOn() {
        tale.forgetFrom(4);
        tale.process(3, ONE, ProcessEvent.Kind.KILLED);
        tale.state(4.5, "CONNECTED");
        tale.claim(6, TWO);
        tale.call(7, DESCRIBE, TWO, null);
        tale.job(new Ended(SUCCEEDED, null, 7).asking(CONNECT, 1));

        assertThat(tale.violations()).isEmpty();
        assertThat(tale.figures().recoveries().get("KILLED").max()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void measuresFromTheFirstOneReadyWhereNobodyWasLeft() {
        tale.forgetFrom(4);
        tale.process(3, ONE, ProcessEvent.Kind.KILLED);
        tale.process(3.1, TWO, ProcessEvent.Kind.KILLED);
        tale.process(40, TWO, ProcessEvent.Kind.READY);
        tale.state(4.5, "CONNECTED");
        tale.claim(40.5, TWO);
        tale.call(42, DESCRIBE, TWO, null);
        tale.job(new Ended(SUCCEEDED, null, 42).asking(CONNECT, 1).due(45));

        assertThat(tale.violations()).isEmpty();
        assertThat(tale.figures().recoveries().get("NOBODY_LEFT").max()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void seesJobsThatDoNotMoveAgainInTime() {
        tale.forgetFrom(4);
        tale.process(3, ONE, ProcessEvent.Kind.KILLED);
        tale.state(4.5, "CONNECTED");
        tale.claim(33.5, TWO);
        tale.call(33.6, DESCRIBE, TWO, null);
        tale.job(new Ended(SUCCEEDED, null, 33.6).asking(CONNECT, 1).due(40));

        assertBroken("JobsMoveAgain", "after KILLED");
    }

    @Test
    void seesATargetThatNobodyTakesOver() {
        tale.forgetFrom(4);
        tale.process(3, ONE, ProcessEvent.Kind.KILLED);
        tale.state(4.5, "CONNECTED");

        assertBroken("JobsMoveAgain", "stood still");
    }

    @Test
    void measuresFromTheDatabaseComingBack() {
        tale.troubles.add(new Trouble(Trouble.Kind.DATABASE_DOWN, "", Tale.at(3), Tale.at(4)));

        assertThat(tale.figures().recoveries().get("DATABASE_DOWN").max()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void measuresFromTheFirstProcessWhereTheDatabaseWasBackBefore() {
        tale.process(2, ONE, ProcessEvent.Kind.KILLED);
        tale.process(2, TWO, ProcessEvent.Kind.KILLED);
        tale.troubles.add(new Trouble(Trouble.Kind.DATABASE_DOWN, "", Tale.at(2), Tale.at(3)));
        tale.process(4, TWO, ProcessEvent.Kind.READY);

        assertThat(tale.figures().recoveries()).doesNotContainKey("DATABASE_DOWN");
        assertThat(tale.figures().recoveries().get("NOBODY_LEFT").max()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void seesAJobThatOutlivesItsDeadline() {
        tale.states.removeIf(state -> state.state().equals("CONNECTED"));
        tale.job(new Ended(FAILED, "DEADLINE_EXCEEDED", 24.1).asking(CONNECT, 1));

        assertBroken("JobsEndInTime", "4.1");
    }

    @Test
    void countsNoTimeInWhichNobodyCouldBeAtWork() {
        tale.states.removeIf(state -> state.state().equals("CONNECTED"));
        tale.process(19, ONE, ProcessEvent.Kind.KILLED);
        tale.process(19, TWO, ProcessEvent.Kind.KILLED);
        tale.process(30, TWO, ProcessEvent.Kind.READY);
        tale.call(31, DESCRIBE, TWO, null);
        tale.claim(30.5, TWO);
        tale.job(new Ended(FAILED, "DEADLINE_EXCEEDED", 41).asking(CONNECT, 1));
        assertThat(tale.violations()).isEmpty();

        tale.job(new Ended(FAILED, "DEADLINE_EXCEEDED", 43).asking(CONNECT, 1));

        assertBroken("JobsEndInTime", "its deadline was");
    }

    @Test
    void wantsTheServiceToShowWhatIs() {
        tale.shown.add(new Shown(1, STORE, "CONNECTED", "CONNECTED"));
        assertThat(tale.violations()).isEmpty();

        tale.shown.add(new Shown(2, STORE, "CONNECTED", "FAILED"));

        assertBroken("TheServiceShowsWhatIs", "was shown CONNECTED and was FAILED");
    }

    @Test
    void wantsTheRowsToBeWhatWasTold() {
        tale.stored = new Stored(tale.jobs);
        assertThat(tale.violations()).isEmpty();

        tale.job(new Ended(SUCCEEDED, null, 6).asking(CONNECT, 1));

        assertBroken("TheServiceShowsWhatIs", "was told as SUCCEEDED");
    }

    @Test
    void wantsARowOfEachJob() {
        tale.stored = new Stored(List.of());

        assertBroken("TheServiceShowsWhatIs", "its row is null");
    }

    @Test
    void wantsNoRowThatNobodyWasToldOf() {
        var rows = new ArrayList<>(tale.jobs);
        rows.add(new Ended(FAILED, null, 9).job("job-2", Kind.REPAIR, "s1", 7));
        tale.stored = new Stored(rows);

        assertBroken("TheServiceShowsWhatIs", "nobody was told of job job-2");
    }

    @Test
    void followsADisconnectToItsEnd() {
        tale.accepted("s2", Kind.DISCONNECT, 6, "job-2");
        tale.call(7, DISCONNECT, ONE, "job-2");
        tale.state(7, "DISCONNECTING");
        tale.state(8, "DISCONNECTED");
        tale.another("job-2", Kind.DISCONNECT, "s2", 6, new Ended(SUCCEEDED, null, 9).asking(DISCONNECT, 1));
        assertThat(tale.violations()).isEmpty();

        tale.states.removeLast();

        assertBroken("OutcomesAreTrue", "its store was not DISCONNECTED");
    }

    /** The process dies with its first ask unanswered; a Describe that shows an old state lets the next one ask once more. */
    private void crashAndAskAgain(double seconds) {
        tale.process(2.005, ONE, ProcessEvent.Kind.KILLED);
        tale.claim(3, TWO);
        tale.stale(1.95, 3.4);
        tale.calls.removeIf(call -> call.arrivedAt().equals(Tale.at(5)));
        tale.call(seconds, CONNECT, TWO, JOB);
        tale.call(5, DESCRIBE, TWO, null);
        tale.job(new Ended(SUCCEEDED, null, 5).asking(CONNECT, 2));
    }

    private void assertBroken(String rule, String... what) {
        assertThat(tale.violations())
                .filteredOn(violation -> violation.startsWith(rule))
                .isNotEmpty()
                .satisfies(
                        violations -> assertThat(String.join("\n", violations)).contains(what));
    }
}
