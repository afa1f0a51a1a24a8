package dev.keystores.job;

import dev.keystores.job.Outcome.Cancelled;
import dev.keystores.job.Outcome.Failed;
import dev.keystores.job.Outcome.Succeeded;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.Remedy;
import dev.keystores.keystore.Remedy.Retry;
import dev.keystores.kms.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every way a job can end, each with the words for whoever has to deal with it. */
final class Ends {

    private Ends() {}

    static Outcome succeeded(@Nullable String detail) {
        return new Succeeded(detail);
    }

    static Outcome cancelled(Job job) {
        return new Cancelled(
                job.asked()
                        ? "KMS was asked already and goes on by itself: look at the key store's state."
                                + leftDisconnected(job)
                        : "nothing had been asked of KMS");
    }

    /** KMS took the connect and says why it failed. */
    static Outcome connectFailed(Job job, @Nullable String connectionErrorCode) {
        var code = connectionErrorCode == null ? "UNKNOWN" : connectionErrorCode;
        var remedy = Remedy.of(connectionErrorCode, job.subject().keyStoreType());
        return failed(code, "KMS could not connect the key store", remedy.cause(), remedy);
    }

    static Outcome gone(Job job) {
        var id = job.subject().keyStoreId();
        return failed(
                "CustomKeyStoreNotFoundException",
                "The key store is gone",
                "KMS doesn't list %s in target %s any more"
                        .formatted(id, job.subject().target()),
                new Remedy(
                        "Somebody deleted it, or the target's credentials now belong to another account.",
                        List.of(
                                "Look in CloudTrail for DeleteCustomKeyStore with this id.",
                                "Check that the target's account and Region are the ones you mean."),
                        Retry.NEVER,
                        List.of()));
    }

    static Outcome targetRemoved(Job job) {
        var target = job.subject().target();
        return failed(
                "TARGET_REMOVED",
                "The target is no longer configured",
                "Target %s was removed from the settings while this job was running. %s"
                        .formatted(
                                target,
                                job.asked()
                                        ? "KMS was asked already and goes on by itself."
                                        : "Nothing had been asked of KMS."),
                new Remedy(
                        "The settings don't name %s any more.".formatted(target),
                        List.of(
                                "Look at the key store's state in KMS.",
                                "Put the target back into the settings if that was not meant, and ask again."),
                        Retry.AFTER_FIX,
                        List.of()));
    }

    static Outcome deadlineExceeded(Job job) {
        return failed(
                "DEADLINE_EXCEEDED",
                "It took longer than this job was given",
                "Given up in phase %s. KMS itself has no time limit, and may still go on.%s"
                        .formatted(job.progress().phase(), leftDisconnected(job)),
                new Remedy(
                        job.progress().lastProblem() == null
                                ? "KMS did not come to an end in time; AWS publishes up to 20 minutes for a CloudHSM"
                                        + " connect and about 5 for an external key store."
                                : "The last problem was: " + job.progress().lastProblem(),
                        List.of(
                                "Look at the key store's state now.",
                                "If it is stuck in CONNECTING, disconnect it, wait for DISCONNECTED, and connect it again.",
                                "If it keeps happening, open a case with AWS support and give the request id of the step."),
                        Retry.LATER,
                        List.of()));
    }

    static Outcome disconnectedElsewhere() {
        return failed(
                "DISCONNECTED_ELSEWHERE",
                "Somebody else disconnected the key store",
                "KMS took the connect, and then the key store was disconnected without us.",
                new Remedy(
                        "Another tool or person disconnected it while it was connecting; it is not connected again"
                                + " against their will.",
                        List.of(
                                "Look in CloudTrail for DisconnectCustomKeyStore with this id, and ask who it was.",
                                "Connect it again once that is settled."),
                        Retry.AFTER_FIX,
                        List.of()));
    }

    static Outcome connectedElsewhere() {
        return failed(
                "CONNECTED_ELSEWHERE",
                "Somebody else connected the key store",
                "KMS took the disconnect, and then the key store was connected without us.",
                new Remedy(
                        "Another tool or person connected it; it is not disconnected again against their will.",
                        List.of(
                                "Look in CloudTrail for ConnectCustomKeyStore with this id, and ask who it was.",
                                "Disconnect it again once that is settled."),
                        Retry.AFTER_FIX,
                        List.of()));
    }

    /** Asked as often as may be, and the store never moved. */
    static Outcome unanswered(Job job, Step step) {
        var answer = step.answer();
        var code = answer == null ? "UNANSWERED" : answer.code();
        var problem = step.problem() == null ? "no answer is known" : step.problem();
        return failed(
                code,
                "KMS did not do what it was asked",
                "%s was asked %d times, and no look shows that KMS did it. The last answer: %s.%s"
                        .formatted(step.call().awsName(), step.asks(), problem, leftDisconnected(job)),
                new Remedy(
                        "KMS or the way to it is out of order.",
                        List.of("Look at the AWS Health Dashboard and at the network to KMS.", "Ask again later."),
                        Retry.LATER,
                        List.of()));
    }

    /** KMS didn't take a call, or would not. */
    static Outcome refused(Job job, Reason reason, String code, String message) {
        var remedy = Refusals.remedy(reason, code, message);
        var title = reason == Reason.SECRET_UNREADABLE ? "A secret can't be had: KMS was not asked" : "KMS refused";
        return failed(code, title, message + mayBeIts(job) + leftDisconnected(job), remedy);
    }

    private static String mayBeIts(Job job) {
        var create = job.lastStep().filter(step -> step.call() == Call.CREATE && step.asks() > 1);
        return create.map(step ->
                        (" KMS was asked %d times, and this may be about the key store that an earlier ask made: look for"
                                        + " that in KMS before you ask again.")
                                .formatted(step.asks()))
                .orElse("");
    }

    /** What was asked of KMS on the way stays as it is, be the answer heard or not: nobody connects the store any more. */
    static String leftDisconnected(Job job) {
        var connects = job.change().calls().contains(Call.CONNECT);
        var disconnect = job.steps().stream()
                .filter(step -> step.call() == Call.DISCONNECT && step.asks() > 0)
                .findFirst();
        var connected =
                job.steps().stream().anyMatch(step -> step.call() == Call.CONNECT && step.asks() > 0 && !refused(step));
        if (!connects || disconnect.isEmpty() || refused(disconnect.get()) || connected) {
            return "";
        }
        return disconnect.get().accepted() || disconnect.get().seenSince().contains(ConnectionState.DISCONNECTED)
                ? " The key store was disconnected for this and stays so, and nobody can use its keys: correct the cause and"
                        + " repair it with new values, or connect it with those it has."
                : " KMS was asked to disconnect the key store for this, and nothing connects it again: look at its state, and"
                        + " repair it or connect it.";
    }

    private static boolean refused(Step step) {
        return step.answer() != null && step.answer().refused();
    }

    static Outcome failed(String code, String title, String detail, Remedy remedy) {
        return new Failed(new JobError(code, title, detail, remedy));
    }
}
