package dev.keystores.inventory;

import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * What was last seen of every key store: the only place that readers ask, kept true by {@link #refresh}. The wanted state
 * and the active job of a store are written by whoever runs jobs, in a transaction of theirs.
 */
@Service
public class Inventory {

    private final KeyStores keyStores;
    private final Troubles troubles;
    private final History history;
    private final Looking looking;
    private final ApplicationEventPublisher events;

    Inventory(
            KeyStores keyStores,
            Troubles troubles,
            History history,
            Looking looking,
            ApplicationEventPublisher events) {
        this.keyStores = keyStores;
        this.troubles = troubles;
        this.history = history;
        this.looking = looking;
        this.events = events;
    }

    /** Looks at a target and saves what is not as it was. A look that failed is an answer too, not an exception. */
    public Look refresh(Target target, Fence fence) {
        return looking.lookAt(target, fence);
    }

    /** The next key stores after a target and id, in that order. */
    public List<SeenKeyStore> page(KeyStoreFilter filter, String afterTarget, String afterId, int limit) {
        return keyStores.page(filter, afterTarget, afterId, limit);
    }

    /** The first ones that KMS still lists, by target and id. */
    public List<SeenKeyStore> listed(KeyStoreFilter filter, int limit) {
        return keyStores.listed(filter, limit);
    }

    public long countListed(KeyStoreFilter filter) {
        return keyStores.countListed(filter);
    }

    /** How many key stores there are, by state; those that are gone as {@code GONE}. */
    public Map<String, Long> counts() {
        return troubles.counts();
    }

    /** How many are {@link Trouble#BROKEN}. */
    public long broken(Duration grace, Instant now) {
        return troubles.broken(grace, now);
    }

    /** Those that need somebody most, in the order of their trouble. */
    public List<SeenKeyStore> worst(Duration grace, Instant now, int most) {
        return troubles.worst(true, grace, now, most);
    }

    /** The same without those that are gone and that nobody wants. */
    public List<SeenKeyStore> worstOfInterest(Duration grace, Instant now, int most) {
        return troubles.worst(false, grace, now, most);
    }

    public List<SeenKeyStore> of(String target) {
        return keyStores.of(target);
    }

    public Optional<SeenKeyStore> find(String target, KeyStoreId id) {
        return keyStores.find(target, id);
    }

    /** Every store with this id: one, unless two targets show the same. */
    public List<SeenKeyStore> withId(KeyStoreId id) {
        return keyStores.withId(id);
    }

    /** The state changes of a store that are older than a number, newest first. */
    public List<StateChange> history(String target, KeyStoreId id, long before, int limit) {
        return history.page(target, id, before, limit);
    }

    /**
     * Deletes some state changes from before a time, but the last one of each store.
     *
     * @return how many
     */
    public int forgetHistory(Instant before, int most) {
        return history.forget(before, most);
    }

    /** A job has been accepted for the store. */
    public void changing(String target, KeyStoreId id, String job, @Nullable ConnectionState wanted) {
        write(target, id, wanted, job);
    }

    /** The store's job has ended. */
    public void settled(String target, KeyStoreId id, @Nullable ConnectionState wanted) {
        write(target, id, wanted, null);
    }

    private void write(String target, KeyStoreId id, @Nullable ConnectionState wanted, @Nullable String job) {
        keyStores
                .changing(target, id, wanted == null ? null : wanted.name(), job)
                .map(version -> new KeyStoreChanged(target, id, version))
                .ifPresent(events::publishEvent);
    }
}
