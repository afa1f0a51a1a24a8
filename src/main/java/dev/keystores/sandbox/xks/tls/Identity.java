package dev.keystores.sandbox.xks.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server proves itself with.
 *
 * @param chain as it is sent: the host's own certificate first
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {

    Identity withoutIntermediate() {
        return new Identity(key, List.of(chain.getFirst()));
    }

    @Override
    public String toString() {
        return "Identity[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
