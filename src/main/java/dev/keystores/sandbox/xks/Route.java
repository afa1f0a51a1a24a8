package dev.keystores.sandbox.xks;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a path leads.
 *
 * @param prefix what stands before {@code /kms/xks/v1}; empty, or it begins with a slash
 */
record Route(String prefix, Operation operation) {

    private static final Pattern PATH = Pattern.compile(
            "((?:/[a-zA-Z0-9_-]+)*)/kms/xks/v1/(health|keys/([a-zA-Z0-9._-]{1,128})/(metadata|encrypt|decrypt))");

    /** XKS Proxy API specification: no URI is longer. */
    private static final int LONGEST = 256;

    /** Empty for paths the API doesn't have. */
    static Optional<Route> of(String path) {
        Matcher matcher = PATH.matcher(path);
        return path.length() <= LONGEST && matcher.matches() ? Optional.of(of(matcher)) : Optional.empty();
    }

    private static Route of(Matcher path) {
        boolean health = path.group(2).equals("health");
        return new Route(path.group(1), health ? new Operation.GetHealthStatus() : onKey(path.group(3), path.group(4)));
    }

    private static Operation onKey(String keyId, String what) {
        return switch (what) {
            case "metadata" -> new Operation.GetKeyMetadata(keyId);
            case "encrypt" -> new Operation.Encrypt(keyId);
            default -> new Operation.Decrypt(keyId);
        };
    }
}
