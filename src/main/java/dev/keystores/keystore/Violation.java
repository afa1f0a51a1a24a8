package dev.keystores.keystore;

/**
 * A property that can't be as it was given.
 *
 * @param field its name in our REST API, {@code xksProxyAuthenticationCredential.accessKeyId}
 * @param rule what it must be
 */
public record Violation(String field, String rule) {

    @Override
    public String toString() {
        return field + ": " + rule;
    }
}
