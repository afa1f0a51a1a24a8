package dev.keystores.job;

import dev.keystores.inventory.Look;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.Property;
import dev.keystores.kms.KmsException;
import dev.keystores.kms.Reason;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a look showed of one key store. */
sealed interface Sighting {

    /** @param namesake another store that has the name which the job is to give this one */
    record Seen(KeyStore keyStore, @Nullable KeyStore namesake) implements Sighting {

        ConnectionState state() {
            return keyStore.connectionState();
        }

        @Nullable
        String connectionErrorCode() {
            return keyStore.connectionErrorCode();
        }
    }

    /**
     * It is to be created, and has no id yet.
     *
     * @param namesake a store that has its name: the very one, maybe
     * @param clusterUser another store that has its CloudHSM cluster
     */
    record Unborn(@Nullable KeyStore namesake, @Nullable KeyStore clusterUser) implements Sighting {}

    /** KMS doesn't list it. */
    record Gone() implements Sighting {}

    /** KMS lists it in words that we don't know. */
    record Unreadable() implements Sighting {}

    /** The look itself failed. */
    record Unseen(Reason reason, String code, String problem) implements Sighting {

        static Unseen because(KmsException why) {
            return new Unseen(why.reason(), why.code(), String.valueOf(why.getMessage()));
        }
    }

    static Sighting of(Job job, Look look) {
        var id = job.subject().keyStoreId();
        return switch (look) {
            case Look.Failed failed -> Unseen.because(failed.why());
            case Look.Seen seen -> id == null ? unborn(job, seen) : of(id, job, seen);
        };
    }

    private static Sighting of(KeyStoreId id, Job job, Look.Seen look) {
        if (look.unreadable(id)) {
            return new Unreadable();
        }
        return look.find(id)
                .<Sighting>map(store -> new Seen(store, another(look, Property.NAME, job, id)))
                .orElseGet(Gone::new);
    }

    private static Unborn unborn(Job job, Look.Seen look) {
        var namesake = another(look, Property.NAME, job, null);
        var clusterUser = another(look, Property.CLOUD_HSM_CLUSTER_ID, job, null);
        return new Unborn(namesake, clusterUser);
    }

    /** One that shows the same value of a property as the job is to give. */
    private static @Nullable KeyStore another(Look.Seen look, Property property, Job job, @Nullable KeyStoreId but) {
        var given = job.change().properties().value(property);
        return given == null
                ? null
                : look.first(shows(property, given).and(store -> !store.id().equals(but)));
    }

    private static Predicate<KeyStore> shows(Property property, String value) {
        return store -> value.equals(KeyStoreProperties.shownBy(store).value(property));
    }
}
