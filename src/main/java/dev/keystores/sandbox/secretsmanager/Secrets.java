package dev.keystores.sandbox.secretsmanager;

import dev.keystores.sandbox.data.DataFile;
import dev.keystores.sandbox.data.Shelf;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** All secrets, of whatever account and Region. */
public final class Secrets {

    private final Shelf<StoredSecret> shelf;
    private final Map<String, StoredSecret> byPartialArn;
    private final Clock clock;

    private Secrets(Shelf<StoredSecret> shelf, Clock clock) {
        this.shelf = shelf;
        this.byPartialArn = new ConcurrentSkipListMap<>(shelf.all());
        this.clock = clock;
    }

    public static Secrets open(DataFile file, Clock clock) {
        return new Secrets(file.shelf("secrets", StoredSecret.class), clock);
    }

    /** Without their values; ordered by ARN. */
    public List<SeenSecret> seen() {
        return byPartialArn.values().stream()
                .filter(secret -> secret.isThere(clock.instant()))
                .map(secret -> new SeenSecret(secret.arn(), secret.denied()))
                .toList();
    }

    /**
     * @param arn with or without the six characters at its end
     * @param denied whether nobody may read the secret
     */
    public void deny(String arn, boolean denied) {
        SecretId id = SecretId.ofArn(arn)
                .orElseThrow(() -> new IllegalArgumentException(
                        "arn: must be the ARN of a secret, arn:aws:secretsmanager:<region>:<account>:secret:<name>"));
        change(id, secret -> secret.withDenied(denied))
                .orElseThrow(
                        () -> new NoSuchElementException("There is no secret " + arn + "; CreateSecret makes one."));
    }

    public synchronized void reset() {
        shelf.clear();
        byPartialArn.clear();
    }

    Optional<StoredSecret> find(SecretId id) {
        return Optional.ofNullable(byPartialArn.get(id.partialArn()))
                .filter(secret -> id.isOf(secret) && secret.isThere(clock.instant()));
    }

    /** The one that has this name then: the fresh one, unless there was one before. */
    synchronized StoredSecret add(SecretId id, StoredSecret fresh) {
        return find(id).orElseGet(() -> kept(fresh));
    }

    /** What the secret is then; empty where there is none. No other change comes between. */
    synchronized Optional<StoredSecret> change(SecretId id, UnaryOperator<StoredSecret> change) {
        return find(id).map(change).map(this::kept);
    }

    /** What there was. */
    synchronized Optional<StoredSecret> remove(SecretId id) {
        Optional<StoredSecret> there = find(id);
        there.map(StoredSecret::partialArn).ifPresent(gone -> {
            shelf.remove(gone);
            byPartialArn.remove(gone);
        });
        return there;
    }

    private StoredSecret kept(StoredSecret secret) {
        shelf.put(secret.partialArn(), secret);
        byPartialArn.put(secret.partialArn(), secret);
        return secret;
    }
}
