package dev.keystores.chaos;

import dev.keystores.chaos.model.Cancel;
import dev.keystores.chaos.model.Claim;
import dev.keystores.chaos.model.Glimpse;
import dev.keystores.chaos.model.Job;
import dev.keystores.chaos.model.KmsCall;
import dev.keystores.chaos.model.ProcessEvent;
import dev.keystores.chaos.model.Seen;
import dev.keystores.chaos.model.Shown;
import dev.keystores.chaos.model.StoreState;
import dev.keystores.chaos.model.Stored;
import dev.keystores.chaos.model.Submission;
import dev.keystores.chaos.model.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that was told of a run so far, and the lines it is written down in. */
final class Told {

    private static final List<Class<? extends Record>> KINDS = List.of(
            Submission.class,
            Cancel.class,
            Glimpse.class,
            Job.class,
            KmsCall.class,
            StoreState.class,
            ProcessEvent.class,
            Claim.class,
            Trouble.class,
            Shown.class,
            Stored.class);

    private final List<Record> entries = new ArrayList<>();

    static Told of(Stream<String> lines) {
        var byName = KINDS.stream().collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
        var told = new Told();
        lines.map(Wire.JSON::readTree)
                .flatMap(line -> line.properties().stream())
                .map(entry -> Wire.JSON.treeToValue(entry.getValue(), byName.get(entry.getKey())))
                .forEach(told::add);
        return told;
    }

    /** @return its line */
    String add(Record entry) {
        entries.add(entry);
        return "{\"%s\":%s}".formatted(entry.getClass().getSimpleName(), Wire.JSON.writeValueAsString(entry));
    }

    Seen seen() {
        return new Seen(
                all(Submission.class),
                all(Cancel.class),
                all(Glimpse.class),
                all(Job.class),
                all(Stored.class).stream().findFirst().orElse(null),
                all(KmsCall.class),
                all(StoreState.class),
                all(ProcessEvent.class),
                all(Claim.class),
                all(Trouble.class),
                all(Shown.class));
    }

    private <T> List<T> all(Class<T> kind) {
        return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
