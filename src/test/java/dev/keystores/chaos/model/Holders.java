package dev.keystores.chaos.model;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who had the right to call KMS about a target, at any time. */
record Holders(Map<String, TreeMap<Instant, Claim>> byTarget) {

    static Holders of(List<Claim> claims) {
        Map<String, TreeMap<Instant, Claim>> byTarget = new HashMap<>();
        claims.forEach(claim -> byTarget.computeIfAbsent(claim.target(), first -> new TreeMap<>())
                .put(claim.at(), claim));
        return new Holders(byTarget);
    }

    /** Where nothing is known of a target, or of the time before its first claim, everybody may. */
    boolean holdsAt(String process, String target, Instant moment) {
        var claim = claimAt(target, moment);
        return claim.isEmpty() || process.equals(claim.get().process());
    }

    /** Whether a process was at work on a target for all that is known. */
    boolean atWork(String process, String target, Instant moment) {
        return byTarget.isEmpty()
                || claimAt(target, moment)
                        .filter(claim -> process.equals(claim.process()))
                        .isPresent();
    }

    private Optional<Claim> claimAt(String target, Instant moment) {
        return Optional.ofNullable(byTarget.get(target))
                .map(claims -> claims.floorEntry(moment))
                .map(Map.Entry::getValue);
    }
}
