package dev.keystores.sandbox.external;

/** What KMS signs its calls with: agreed with the proxy, unknown to IAM. */
public record ProxyCredential(String accessKeyId, String secret) {

    @Override
    public String toString() {
        return accessKeyId + " (secret)";
    }
}
