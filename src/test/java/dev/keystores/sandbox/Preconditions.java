package dev.keystores.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreRequest;

/** Every precondition of the README's table, and how it is broken. A row gives back how it ended without an error. */
final class Preconditions {

    static final String ACCEPTED = "accepted";

    private final Map<String, Function<Stage, String>> rows = new LinkedHashMap<>();

    static Map<String, Function<Stage, String>> all() {
        Preconditions all = new Preconditions();
        OnAClusterRows.add(all);
        AtAProxyRows.add(all);
        BehindAServiceRows.add(all);
        ConnectionRows.add(all);
        KeyRows.add(all);
        return all.rows;
    }

    void row(String operation, String broken, Consumer<Stage> attempt) {
        told(operation, broken, stage -> {
            attempt.accept(stage);
            return ACCEPTED;
        });
    }

    void create(
            String operation,
            String broken,
            Consumer<Stage> cause,
            Function<Stage, Consumer<CreateCustomKeyStoreRequest.Builder>> wanted) {
        row(operation, broken, stage -> {
            cause.accept(stage);
            stage.create(wanted.apply(stage));
        });
    }

    void told(String operation, String broken, Function<Stage, String> attempt) {
        if (rows.put(operation + " | " + broken, attempt) != null) {
            throw new IllegalStateException("twice: " + operation + " | " + broken);
        }
    }
}
