package dev.keystores.chaos.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The states of one key store at KMS, in their order. */
record Timeline(List<StoreState> states) {

    static final Timeline NONE = new Timeline(List.of());

    static Map<String, Timeline> ofEach(List<StoreState> states) {
        return states.stream()
                .sorted(Comparator.comparing(StoreState::since))
                .collect(Collectors.groupingBy(
                        StoreState::keyStoreId, Collectors.collectingAndThen(Collectors.toList(), Timeline::new)));
    }

    /** Whether it was in a state at any moment of a time. */
    boolean was(String state, Instant from, Instant until) {
        return during(from, until).anyMatch(seen -> seen.state().equals(state));
    }

    boolean failedWith(String errorCode, Instant from, Instant until) {
        return during(from, until).anyMatch(seen -> errorCode.equals(seen.errorCode()));
    }

    /** The state it was in at a moment, with when that came about. */
    Optional<StoreState> at(Instant moment) {
        return states.stream().filter(state -> !state.since().isAfter(moment)).reduce((earlier, later) -> later);
    }

    private Stream<StoreState> during(Instant from, Instant until) {
        return IntStream.range(0, states.size())
                .filter(i -> !states.get(i).since().isAfter(until) && endOf(i).isAfter(from))
                .mapToObj(states::get);
    }

    private Instant endOf(int i) {
        return i + 1 < states.size() ? states.get(i + 1).since() : Instant.MAX;
    }
}
