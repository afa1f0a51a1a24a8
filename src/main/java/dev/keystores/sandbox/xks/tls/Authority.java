package dev.keystores.sandbox.xks.tls;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;

/** A root, and the intermediate that signs for it. */
record Authority(Issuer root, Issuer intermediate) {

    static Authority founded(Validity validity) {
        Issuer root = Issuer.root(validity);
        return new Authority(root, root.intermediate(validity));
    }

    Identity identity(String name, Validity validity) {
        KeyPair keys = Issuer.newKeys();
        X509Certificate certificate = Draft.host(name, keys, validity).signedBy(intermediate);
        return new Identity(keys.getPrivate(), List.of(certificate, intermediate.certificate()));
    }
}
