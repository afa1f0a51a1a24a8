package dev.keystores.sandbox.external;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of the tests; what it issues is valid in 2026 unless said otherwise. */
final class Authority {

    static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

    private static final AtomicLong serial = new AtomicLong(1);

    private final KeyPair keys;
    private final List<X509Certificate> chain;

    /** A key, and the certificates a server has to send with it, its own first. */
    record Identity(PrivateKey key, List<X509Certificate> chain) {

        Identity alone() {
            return new Identity(key, chain.subList(0, 1));
        }
    }

    private Authority(KeyPair keys, List<X509Certificate> chain) {
        this.keys = keys;
        this.chain = chain;
    }

    static Authority root(String name) {
        KeyPair keys = newKeys("EC");
        return new Authority(keys, List.of(issue("CN=" + name, keys, "CN=" + name, keys, authority())));
    }

    Authority intermediate(String name) {
        KeyPair ofIntermediate = newKeys("EC");
        return new Authority(ofIntermediate, under(issue("CN=" + name, ofIntermediate, subject(), keys, authority())));
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    Identity server(String commonName) {
        return server("CN=" + commonName, "EC", FROM, UNTIL);
    }

    Identity expiring(String commonName, Instant until) {
        return server("CN=" + commonName, "EC", FROM, until);
    }

    Identity rsaServer(String commonName) {
        return server("CN=" + commonName, "RSA", FROM, UNTIL);
    }

    Identity serverWithAlternatives(String subject, String... dnsNames) {
        GeneralName[] names = Arrays.stream(dnsNames)
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        return identity(
                subject,
                "EC",
                new Extensions(
                        FROM,
                        UNTIL,
                        builder -> builder.addExtension(
                                Extension.subjectAlternativeName, subject.isEmpty(), new GeneralNames(names))));
    }

    Identity forClientsOnly(String commonName) {
        return identity(
                "CN=" + commonName,
                "EC",
                new Extensions(
                        FROM,
                        UNTIL,
                        builder -> builder.addExtension(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))));
    }

    private Identity server(String subject, String algorithm, Instant from, Instant until) {
        return identity(
                subject,
                algorithm,
                new Extensions(
                        from,
                        until,
                        builder -> builder.addExtension(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))));
    }

    private Identity identity(String subject, String algorithm, Extensions extensions) {
        KeyPair ofServer = newKeys(algorithm);
        List<X509Certificate> certificates = under(issue(subject, ofServer, subject(), keys, extensions));
        // A server needn't send the root.
        return new Identity(ofServer.getPrivate(), certificates.subList(0, certificates.size() - 1));
    }

    private String subject() {
        return certificate().getSubjectX500Principal().getName();
    }

    private List<X509Certificate> under(X509Certificate issued) {
        List<X509Certificate> longer = new ArrayList<>(List.of(issued));
        longer.addAll(chain);
        return longer;
    }

    private static Extensions authority() {
        return new Extensions(
                Instant.parse("2020-01-01T00:00:00Z"),
                Instant.parse("2040-01-01T00:00:00Z"),
                builder -> builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true)));
    }

    private static X509Certificate issue(
            String subject, KeyPair ofSubject, String issuer, KeyPair ofIssuer, Extensions extensions) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Principal(issuer),
                    BigInteger.valueOf(serial.getAndIncrement()),
                    Date.from(extensions.from()),
                    Date.from(extensions.until()),
                    new X500Principal(subject),
                    ofSubject.getPublic());
            extensions.more().addTo(builder);
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(ofIssuer.getPrivate())));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair newKeys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(algorithm.equals("EC") ? 256 : 2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private record Extensions(Instant from, Instant until, More more) {}

    private interface More {
        void addTo(JcaX509v3CertificateBuilder builder) throws CertIOException;
    }
}
