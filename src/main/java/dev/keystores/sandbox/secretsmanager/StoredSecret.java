package dev.keystores.sandbox.secretsmanager;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A secret with its versions by staging label. A version that has lost its last label is gone at once; Secrets Manager
 * says that it may be, at any time.
 *
 * @param denied no policy lets anybody read it
 * @param deletion when it is gone; null for never
 */
record StoredSecret(
        String partialArn,
        String suffix,
        SortedMap<String, Version> byLabel,
        boolean denied,
        @Nullable Instant deletion) {

    static final String CURRENT = "AWSCURRENT";

    private static final String PREVIOUS = "AWSPREVIOUS";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom random = new SecureRandom();

    static StoredSecret fresh(SecretId id) {
        String suffix = random.ints(SecretId.SUFFIX, 0, ALPHABET.length())
                .mapToObj(at -> String.valueOf(ALPHABET.charAt(at)))
                .collect(Collectors.joining());
        return new StoredSecret(id.partialArn(), suffix, new TreeMap<>(), false, null);
    }

    String arn() {
        return partialArn + "-" + suffix;
    }

    String name() {
        return SecretId.nameIn(partialArn);
    }

    Optional<Version> labelled(String label) {
        return Optional.ofNullable(byLabel.get(label));
    }

    Optional<Version> version(String id) {
        return byLabel.values().stream()
                .filter(version -> version.id().equals(id))
                .findFirst();
    }

    List<String> labelsOf(Version version) {
        return byLabel.entrySet().stream()
                .filter(entry -> entry.getValue().id().equals(version.id()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Secrets Manager API Reference, PutSecretValue: labels move, and the first version is the current one anyway. */
    StoredSecret with(Version version, Collection<String> labels) {
        SortedMap<String, Version> moved = new TreeMap<>(byLabel);
        if (labels.contains(CURRENT)) {
            labelled(CURRENT).ifPresent(until -> moved.put(PREVIOUS, until));
        }
        labels.forEach(label -> moved.put(label, version));
        moved.putIfAbsent(CURRENT, version);
        return new StoredSecret(partialArn, suffix, moved, denied, deletion);
    }

    StoredSecret withDenied(boolean changed) {
        return new StoredSecret(partialArn, suffix, byLabel, changed, deletion);
    }

    StoredSecret goneAt(Instant time) {
        return new StoredSecret(partialArn, suffix, byLabel, denied, time);
    }

    boolean isThere(Instant now) {
        return deletion == null || now.isBefore(deletion);
    }

    /** Refuses one that only waits for its deletion. */
    StoredSecret usable() {
        if (deletion != null) {
            throw Refusals.markedForDeletion();
        }
        return this;
    }
}
