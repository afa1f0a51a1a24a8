package dev.keystores.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How secrets of changes are kept while their jobs run.
 *
 * @param key 32 random bytes in Base64, the same for all replicas
 * @param keyFile a file with such a key, instead
 * @param directory below which {@code {"file": "..."}} finds secrets
 */
public record SecretSettings(
        @Nullable String key,
        @Nullable Path keyFile,
        @Nullable Path directory) {

    private static final String NAME = "keystores.secrets.";
    private static final String RULE = "must be 32 bytes in Base64, as openssl rand -base64 32 makes them";

    /** All that is wrong with them, each with the name of the setting. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        if (key != null && keyFile != null) {
            problems.add(NAME + "key, " + NAME + "key-file: one of the two at most must be set");
        }
        if (key != null && SecretBox.of(key).isEmpty()) {
            problems.add(NAME + "key: " + RULE);
        }
        if (keyFile != null) {
            fromFile(problems);
        }
        if (directory != null && !Files.isDirectory(directory)) {
            problems.add("%sdirectory: \"%s\" is no directory that can be read".formatted(NAME, directory));
        }
        return problems;
    }

    /** Empty where neither a key nor a file is set. */
    Optional<SecretBox> box() {
        return key != null ? SecretBox.of(key) : fromFile(new ArrayList<>());
    }

    private Optional<SecretBox> fromFile(List<String> problems) {
        if (keyFile == null) {
            return Optional.empty();
        }
        try {
            var box = SecretBox.of(Files.readString(keyFile));
            if (box.isEmpty()) {
                problems.add("%skey-file: what is in \"%s\" %s".formatted(NAME, keyFile, RULE));
            }
            return box;
        } catch (IOException unreadable) {
            problems.add("%skey-file: \"%s\" can't be read: %s".formatted(NAME, keyFile, unreadable));
            return Optional.empty();
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SecretSettings[keyFile=%s, directory=%s]".formatted(keyFile, directory);
    }
}
