package dev.keystores.job;

import static dev.keystores.job.Ends.failed;
import static dev.keystores.job.Ends.leftDisconnected;

import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.Property;
import dev.keystores.keystore.Remedy;
import dev.keystores.keystore.Remedy.Retry;
import dev.keystores.kms.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a look shows to be in the way of a change, so that KMS isn't asked: ends of a job, each with the words for it. */
final class Hindrances {

    private Hindrances() {}

    static Outcome repairFirst(Job job, @Nullable String connectionErrorCode) {
        var code = connectionErrorCode == null ? "a failure without a code" : connectionErrorCode;
        var cure = Remedy.of(connectionErrorCode, job.subject().keyStoreType());
        var detail =
                "The key store is FAILED with %s, and KMS connects no FAILED store. Repair it: that disconnects it and"
                                .formatted(code)
                        + " connects it again. " + cure.cause();
        return failed("REPAIR_FIRST", "The key store has to be repaired, not connected", detail, cure);
    }

    /** A repair that has nothing to repair, and new values that it would be wrong to leave out without a word. */
    static Outcome updateInstead(Job job) {
        return failed(
                "UPDATE_INSTEAD",
                "The key store is CONNECTED: there is nothing to repair",
                "The new values were not given to KMS. Nothing was asked of it.",
                new Remedy(
                        "A repair gives new values to a key store that is out of use already; this one is in use.",
                        List.of(
                                "Give them by an update, with reconnect: true if KMS has to disconnect the key store"
                                        + " for them.",
                                "Or repair it with reconnect: true, which disconnects and connects it in any case."),
                        Retry.AFTER_FIX,
                        List.of()));
    }

    /** KMS deletes no such store, or doesn't take such values for it. */
    static Outcome disconnectFirst(Job job, ConnectionState state) {
        var deleted = job.change() instanceof Change.Delete;
        return failed(
                "DISCONNECT_FIRST",
                "The key store has to be disconnected first",
                deleted
                        ? "The key store is %s, and KMS deletes none that is not DISCONNECTED.".formatted(state)
                        : notTaken(job, state),
                new Remedy(
                        "Disconnecting puts all its keys out of use, so it is not done unless somebody asks for it.",
                        deleted
                                ? List.of(
                                        "Make sure that nobody needs its keys any more.",
                                        "Disconnect the key store here, and delete it once it is DISCONNECTED.")
                                : List.of(
                                        "Ask for the update with reconnect: true: it disconnects the key store, updates it and"
                                                + " connects it again.",
                                        "Or disconnect it, update it and connect it when it suits you."),
                        Retry.AFTER_FIX,
                        List.of()));
    }

    private static String notTaken(Job job, ConnectionState state) {
        if (state == ConnectionState.FAILED) {
            return "The key store is FAILED, and KMS takes new values of no such key store.";
        }
        var properties = job.change().properties();
        var needing = properties.given().stream()
                .filter(Property::needsDisconnect)
                .map(Property::field)
                .toList();
        return "The key store is %s, and KMS takes new values of %s only while it is DISCONNECTED."
                .formatted(state, String.join(", ", needing.isEmpty() ? properties.fields() : needing));
    }

    static Outcome nameInUse(Job job, KeyStore namesake) {
        var told = "%s in target %s is called \"%s\" already.%s"
                .formatted(namesake.id(), job.subject().target(), namesake.name(), whoseItIs(job));
        var reason = Reason.KEY_STORE_NAME_IN_USE;
        return failed(
                "CustomKeyStoreNameInUseException",
                "Another key store has this name",
                told + leftDisconnected(job),
                Refusals.remedy(reason, "CustomKeyStoreNameInUseException", told));
    }

    private static String whoseItIs(Job job) {
        if (!job.asked()) {
            return " Nothing was asked of KMS.";
        }
        return job.change() instanceof Change.Create
                ? " KMS was asked to create one too: it is this one only if this machine's clock is ahead of AWS's."
                : "";
    }

    static Outcome clusterInUse(Job job, KeyStore user) {
        var message = "%s, %s in target %s, uses this CloudHSM cluster already. Nothing was asked of KMS."
                .formatted(user.id(), user.name(), job.subject().target());
        var code = "CloudHsmClusterInUseException";
        return failed(
                code,
                "Another key store uses this cluster",
                message,
                Refusals.remedy(Reason.CLUSTER_IN_USE, code, message));
    }
}
