package dev.keystores.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Secrets in files below one directory, as Kubernetes mounts them; nothing leads out of it, neither names nor links. */
final class SecretFiles {

    private static final int MOST = 4096;
    private static final String PART = "(?!\\.\\.?(?:/|$))[\\w.-]{1,255}";
    private static final Pattern NAME = Pattern.compile(PART + "(?:/" + PART + "){0,7}");

    private final @Nullable Path directory;

    SecretFiles(@Nullable Path directory) {
        this.directory = directory;
    }

    /** What is wrong with a name, in words. */
    Optional<String> rule(String name) {
        if (directory == null) {
            return Optional.of("can't be a file: keystores.secrets.directory isn't set");
        }
        if (!NAME.matcher(name).matches()) {
            return Optional.of(
                    "file must be a name below keystores.secrets.directory: of a-z, A-Z, 0-9, _, - and ., with / between");
        }
        try {
            read(name);
            return Optional.empty();
        } catch (SecretUnreadable unreadable) {
            return Optional.of(String.valueOf(unreadable.getMessage()));
        }
    }

    /**
     * Without the end of its last line.
     *
     * @throws SecretUnreadable when there is none, or none below the directory
     */
    String read(String name) {
        if (directory == null || !NAME.matcher(name).matches()) {
            throw unreadable(name, "is none below keystores.secrets.directory", null);
        }
        try {
            var within = directory.toRealPath();
            var file = within.resolve(name).toRealPath();
            if (!file.startsWith(within) || !Files.isRegularFile(file)) {
                throw unreadable(name, "is none below keystores.secrets.directory", null);
            }
            try (var content = Files.newInputStream(file)) {
                var bytes = content.readNBytes(MOST + 1);
                if (bytes.length > MOST) {
                    throw unreadable(name, "has more than %d bytes".formatted(MOST), null);
                }
                return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\R$", "");
            }
        } catch (IOException missing) {
            throw unreadable(name, "can't be read below keystores.secrets.directory", missing);
        }
    }

    private static SecretUnreadable unreadable(String name, String why, @Nullable IOException cause) {
        return new SecretUnreadable("file \"%s\" %s".formatted(name, why), cause);
    }
}
