package dev.keystores.job;

import dev.keystores.keystore.ConnectionState;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Sets of states, and how a column holds them. */
final class States {

    private States() {}

    static Set<ConnectionState> with(Set<ConnectionState> states, ConnectionState another) {
        var more = EnumSet.of(another);
        more.addAll(states);
        return Set.copyOf(more);
    }

    static String written(Collection<ConnectionState> states) {
        return states.stream().sorted().map(Enum::name).collect(Collectors.joining(","));
    }

    static Set<ConnectionState> read(String written) {
        return written.isEmpty()
                ? Set.of()
                : Arrays.stream(written.split(","))
                        .map(ConnectionState::valueOf)
                        .collect(Collectors.toSet());
    }
}
