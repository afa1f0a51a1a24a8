package dev.keystores.job;

import dev.keystores.keystore.ConnectionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a job knows of its store so far: a state it has seen before may be an old one shown again.
 *
 * @param keptCode the last failure code seen; KMS forgets it at the next disconnect
 * @param firstCode the first one: what a repair began with
 * @param earlier what the job before it had asked of KMS last
 */
public record Memory(
        Set<ConnectionState> seen,
        @Nullable String keptCode,
        @Nullable String firstCode,
        @Nullable Earlier earlier) {

    public Memory {
        seen = Set.copyOf(seen);
    }

    static Memory after(@Nullable Earlier earlier) {
        return new Memory(Set.of(), null, null, earlier);
    }

    Memory saw(Sighting.Seen sighting) {
        var code = sighting.connectionErrorCode();
        return new Memory(
                States.with(seen, sighting.state()),
                code == null ? keptCode : code,
                firstCode == null ? code : firstCode,
                earlier);
    }

    /**
     * An ask of an earlier job that KMS took, or may have taken.
     *
     * @param seenBefore the state the store was in then, null for not there, which a look may go on showing for a while
     * @param shown whether a look has shown the store on its way from there: that state is the end of a later ask at once then
     * @param at when it was answered, or made at the latest where no answer came
     */
    public record Earlier(@Nullable ConnectionState seenBefore, boolean shown, Instant at) {

        boolean mayShow(ConnectionState state, Instant seenAt, Duration grace) {
            return !shown && mayGoBackTo(state, seenAt, grace);
        }

        /** Reads may go back in time: whatever was shown since, that state may be shown once more. */
        boolean mayGoBackTo(ConnectionState state, Instant seenAt, Duration grace) {
            return state == seenBefore && seenAt.isBefore(settlesAt(grace));
        }

        Instant settlesAt(Duration grace) {
            return at.plus(grace);
        }
    }
}
