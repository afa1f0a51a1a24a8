package dev.keystores.sandbox;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.keystores.sandbox.data.DataFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** All that the sandbox says on its ports and in its log, kept in a file until it is searched for secrets. */
final class Overheard extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final List<String> SHELVES =
            List.of("worlds", "proxies", "xks-keys", "xks-key-seed", "xks-authority", "sts-keys", "secrets");
    private static final Set<String> SECRET_MEMBERS =
            Set.of("value", "password", "secretAccessKey", "material", "secret", "key");
    private static final int SHORTEST = 7;

    final Queue<String> troubles = new ConcurrentLinkedQueue<>();

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.keystores.sandbox");
    private final Path file;
    private final OutputStream out;

    Overheard(Path file) {
        this.file = file;
        try {
            out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(this);
        start();
    }

    synchronized void hear(byte[] bytes) {
        try {
            out.write(bytes);
            out.write('\n');
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        hear(message.getBytes(StandardCharsets.UTF_8));
        if (event.getLevel().isGreaterOrEqual(Level.WARN) || event.getThrowableProxy() != null) {
            String cause = event.getThrowableProxy() == null ? "" : trace(event);
            troubles.add(event.getLevel() + " " + message + cause);
        }
        if (message.chars().anyMatch(letter -> letter < ' ')) {
            troubles.add("more than a line: " + message);
        }
    }

    private static String trace(ILoggingEvent event) {
        StringBuilder trace = new StringBuilder("\n" + event.getThrowableProxy().getClassName() + ": "
                + event.getThrowableProxy().getMessage());
        for (int i = 0; i < Math.min(12, event.getThrowableProxy().getStackTraceElementProxyArray().length); i++) {
            trace.append("\n  ").append(event.getThrowableProxy().getStackTraceElementProxyArray()[i]);
        }
        return trace.toString();
    }

    /** Those of the secrets that were said. */
    Set<String> said(Set<String> secrets) {
        byte[] all = bytes();
        BitSet starts = new BitSet(1 << 24);
        secrets.forEach(secret -> starts.set(start(secret.getBytes(StandardCharsets.UTF_8), 0)));
        Set<String> said = new TreeSet<>();
        for (int at = 0; at < all.length - SHORTEST; at++) {
            if (starts.get(start(all, at))) {
                for (String secret : secrets) {
                    if (isAt(all, at, secret.getBytes(StandardCharsets.UTF_8))) {
                        said.add(secret + " in: "
                                + new String(
                                        all,
                                        Math.max(0, at - 300),
                                        Math.min(400, all.length - Math.max(0, at - 300)),
                                        StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return said;
    }

    synchronized byte[] bytes() {
        try {
            out.flush();
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int start(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff;
    }

    private static boolean isAt(byte[] all, int at, byte[] secret) {
        if (at + secret.length > all.length) {
            return false;
        }
        for (int i = 0; i < secret.length; i++) {
            if (all[at + i] != secret[i]) {
                return false;
            }
        }
        return true;
    }

    /** Every secret that a sandbox has in its file, which no sandbox may have open. What requests have brought is not among them. */
    static Set<String> secretsIn(Path dataDir) throws IOException {
        Set<String> secrets = new TreeSet<>();
        try (DataFile data = DataFile.open(dataDir)) {
            for (String shelf : SHELVES) {
                data.shelf(shelf, JsonNode.class).all().values().forEach(value -> collect("value", value, secrets));
            }
        }
        secrets.removeIf(secret -> secret.length() < SHORTEST || secret.contains(Chance.HUSH));
        return secrets;
    }

    private static void collect(String name, JsonNode value, Set<String> secrets) {
        if (value.isString() && SECRET_MEMBERS.contains(name)) {
            secrets.add(value.stringValue());
        }
        value.properties().forEach(member -> collect(member.getKey(), member.getValue(), secrets));
        List<JsonNode> elements = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(elements::add);
        }
        elements.forEach(element -> collect(name, element, secrets));
    }

    @Override
    public void close() throws IOException {
        logger.detachAppender(this);
        logger.setAdditive(true);
        logger.setLevel(null);
        out.close();
    }
}
