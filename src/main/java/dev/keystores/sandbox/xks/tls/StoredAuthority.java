package dev.keystores.sandbox.xks.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;

/** An authority as it outlives the process; in JSON its bytes are Base64. */
record StoredAuthority(Stored root, Stored intermediate) {

    static StoredAuthority of(Authority authority) {
        return new StoredAuthority(Stored.of(authority.root()), Stored.of(authority.intermediate()));
    }

    Authority read() {
        return new Authority(root.read(), intermediate.read());
    }

    record Stored(byte[] certificate, byte[] key) {

        static Stored of(Issuer issuer) {
            try {
                return new Stored(
                        issuer.certificate().getEncoded(), issuer.key().getEncoded());
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        Issuer read() {
            try {
                PrivateKey privateKey = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
                CertificateFactory certificates = CertificateFactory.getInstance("X.509");
                ByteArrayInputStream bytes = new ByteArrayInputStream(certificate);
                return new Issuer((X509Certificate) certificates.generateCertificate(bytes), privateKey);
            } catch (GeneralSecurityException damaged) {
                throw new IllegalStateException("The sandbox's certificate authority can't be read", damaged);
            }
        }
    }
}
