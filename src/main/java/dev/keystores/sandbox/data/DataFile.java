package dev.keystores.sandbox.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * The one file of a sandbox, or only memory. A write has been handed to the operating system when it returns, so it
 * survives a kill; not a power cut.
 */
public final class DataFile implements AutoCloseable {

    private static final String NAME = "sandbox.mv.db";
    private static final String FORMAT = "3";
    private static final String FORMAT_KEY = "format";
    private static final int COMPACT_EVERY = 1000;
    private static final int COMPACT_BYTES = 4 << 20;

    private final MVStore store;
    private int writes;

    private DataFile(MVStore store) {
        this.store = store;
    }

    /**
     * @param directory made when it isn't there; null for memory only
     * @throws OtherFormat when another version has made the file
     * @throws org.h2.mvstore.MVStoreException when another process has the file, or it isn't one of ours
     */
    public static DataFile open(@Nullable Path directory) throws IOException {
        // No automatic commit: it would write in the background, after the call has been acknowledged.
        MVStore.Builder builder = new MVStore.Builder().autoCommitDisabled();
        if (directory != null) {
            builder.fileName(prepared(directory).toString());
        }
        MVStore store = builder.open();
        store.setVersionsToKeep(0);
        // The default keeps every overwritten chunk for 45 s, and the file grows with each change.
        store.setRetentionTime(0);
        return checked(new DataFile(store));
    }

    /** What another version left can't be read: better to say so than to lose it. */
    private static DataFile checked(DataFile file) {
        MVMap<String, String> about = file.store.openMap("about");
        boolean fresh = file.store.getMapNames().equals(Set.of(about.getName()));
        if (!fresh && !FORMAT.equals(about.get(FORMAT_KEY))) {
            file.close();
            throw new OtherFormat();
        }
        if (fresh) {
            file.write(() -> about.put(FORMAT_KEY, FORMAT));
        }
        return file;
    }

    public <V> Shelf<V> shelf(String name, Class<V> type) {
        MVMap<String, String> map = store.openMap(name);
        return new Shelf<>(this, map, type);
    }

    @Override
    public void close() {
        store.close();
    }

    /** One writer at a time, so that a commit never takes half of another's write with it. Reads don't come here. */
    synchronized void write(Runnable change) {
        try {
            change.run();
            store.commit();
        } catch (RuntimeException failed) {
            store.rollback();
            throw failed;
        }
        if (++writes % COMPACT_EVERY == 0) {
            store.compact(50, COMPACT_BYTES);
        }
    }

    /** The file holds the secrets that KMS and Secrets Manager were given. */
    private static Path prepared(Path directory) throws IOException {
        Path file = Files.createDirectories(directory).resolve(NAME);
        boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
        if (Files.notExists(file) && posix) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return file;
    }
}
