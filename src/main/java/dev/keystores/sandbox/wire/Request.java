package dev.keystores.sandbox.wire;

import com.sun.net.httpserver.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, read to its end.
 *
 * @param query what follows the question mark, still encoded; empty without one
 */
public record Request(String method, String path, String query, Headers headers, byte[] body) {

    public @Nullable String header(String name) {
        return headers.getFirst(name);
    }

    /** The parts between the slashes, without empty ones. */
    public List<String> segments() {
        return List.of(path.split("/")).stream().filter(part -> !part.isEmpty()).toList();
    }
}
