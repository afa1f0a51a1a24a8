package dev.keystores.sandbox.xks.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;

/** Who signs certificates. */
record Issuer(X509Certificate certificate, PrivateKey key) {

    static Issuer root(Validity validity) {
        return Draft.authority("Sandbox Root CA", 1, newKeys(), validity).signedByItself();
    }

    Issuer intermediate(Validity validity) {
        KeyPair keys = newKeys();
        Draft draft = Draft.authority("Sandbox Issuing CA", 0, keys, validity);
        return new Issuer(draft.signedBy(this), keys.getPrivate());
    }

    KeyPair keys() {
        return new KeyPair(certificate.getPublicKey(), key);
    }

    static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has P-256", impossible);
        }
    }
}
