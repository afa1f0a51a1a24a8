package dev.keystores.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A key that this service makes for itself, where nothing but a sandbox is at stake: in a file that only its user can read. */
final class OwnKey {

    private static final String FILE = "secrets.key";

    private OwnKey() {}

    static SecretBox in(Path dataDir) {
        var file = dataDir.toAbsolutePath().normalize().resolve(FILE);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                make(file);
            }
            return SecretBox.of(Files.readString(file))
                    .orElseThrow(() -> new IllegalStateException(
                            "%s is no key any more: delete it, and whatever is sealed under it is lost"
                                    .formatted(file)));
        } catch (IOException unusable) {
            throw new UncheckedIOException("The key of secrets, %s, can't be read or made".formatted(file), unusable);
        }
    }

    /** Whole or not at all, however it is killed. */
    private static void make(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        var fresh = Files.createTempFile(file.getParent(), FILE, ".new", ownersAlone());
        Files.writeString(fresh, SecretBox.freshKey() + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] ownersAlone() {
        var posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------")))
                }
                : new FileAttribute<?>[0];
    }
}
