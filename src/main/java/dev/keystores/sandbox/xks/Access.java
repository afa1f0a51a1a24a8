package dev.keystores.sandbox.xks;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who gets in, and where.
 *
 * @param pathPrefix the only path that is served before {@code /kms/xks/v1}; null for any
 * @param credentials two while KMS changes from one to the other
 */
public record Access(@Nullable String pathPrefix, List<ProxyCredential> credentials) {

    public Access {
        if (pathPrefix != null && !isPrefix(pathPrefix)) {
            throw new IllegalArgumentException("pathPrefix: must be empty, or up to 117 letters, digits, hyphens and"
                    + " underscores in parts that begin with a slash");
        }
        long different = credentials.stream()
                .map(ProxyCredential::accessKeyId)
                .distinct()
                .count();
        if (credentials.isEmpty() || credentials.size() > 2 || different != credentials.size()) {
            throw new IllegalArgumentException("credentials: must be one or two, with different access key ids");
        }
        credentials = List.copyOf(credentials);
    }

    /**
     * A whole XksProxyUriPath has 128 characters at most, eleven of them /kms/xks/v1. The length comes first: the pattern
     * goes one call deeper with each part.
     */
    private static boolean isPrefix(String text) {
        return text.length() <= 117 && text.matches("(/[a-zA-Z0-9_-]+)*");
    }

    /** Everywhere, with the default credential. */
    public static Access ready() {
        return new Access(null, List.of(ProxyCredential.DEFAULT));
    }

    public Access withPathPrefix(@Nullable String changed) {
        return new Access(changed, credentials);
    }

    public Access withCredentials(ProxyCredential... changed) {
        return new Access(pathPrefix, List.of(changed));
    }

    boolean serves(String prefix) {
        return pathPrefix == null || pathPrefix.equals(prefix);
    }

    Optional<String> secretOf(String accessKeyId) {
        return credentials.stream()
                .filter(credential -> credential.accessKeyId().equals(accessKeyId))
                .map(ProxyCredential::secretAccessKey)
                .findFirst();
    }
}
