package dev.keystores.target;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells addresses that stay on this machine, by their text alone: a name server could answer anything. */
public final class Loopback {

    private static final Pattern ADDRESS =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?(0{0,4}:){2,7}0{0,3}1]?", Pattern.CASE_INSENSITIVE);

    private Loopback() {}

    public static boolean isLoopback(@Nullable String host) {
        return host != null && ADDRESS.matcher(host).matches();
    }
}
