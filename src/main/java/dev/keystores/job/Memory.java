package dev.keystores.job;

import dev.keystores.keystore.ConnectionState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a job has seen of its store so far: a state it has seen before may be an old one shown again.
 *
 * @param keptCode the last failure code seen; KMS forgets it at the next disconnect
 */
public record Memory(Set<ConnectionState> seen, @Nullable String keptCode) {

    static final Memory NOTHING = new Memory(Set.of(), null);

    public Memory {
        seen = Set.copyOf(seen);
    }

    Memory saw(Sighting.Seen sighting) {
        var code = sighting.connectionErrorCode();
        return new Memory(States.with(seen, sighting.state()), code == null ? keptCode : code);
    }
}
