package dev.keystores.sandbox.xks;

/** What KMS signs its requests to a proxy with (KMS API Reference, XksProxyAuthenticationCredentialType). */
public record ProxyCredential(String accessKeyId, String secretAccessKey) {

    /** No secret of anybody: what every ready proxy accepts. */
    public static final ProxyCredential DEFAULT =
            new ProxyCredential("SANDBOXACCESSKEY2222", "SANDBOX/SANDBOX/SANDBOX/SANDBOX/SANDBOX/SANDBOX=");

    public ProxyCredential {
        if (!accessKeyId.matches("[A-Z2-7]{20,30}")) {
            throw new IllegalArgumentException("accessKeyId: must be 20 to 30 characters of A to Z and 2 to 7");
        }
        if (!secretAccessKey.matches("[a-zA-Z0-9/+=]{43,64}")) {
            throw new IllegalArgumentException(
                    "secretAccessKey: must be 43 to 64 letters, digits, slashes, plus and equals signs");
        }
    }

    @Override
    public String toString() {
        return "ProxyCredential[" + accessKeyId + "]";
    }
}
