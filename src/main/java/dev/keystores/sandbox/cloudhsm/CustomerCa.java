package dev.keystores.sandbox.cloudhsm;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.bc.BcX509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;

/** Issues the certificates of a lineage: keys from its name, signatures without chance (RFC 6979), so that each is one text. */
final class CustomerCa {

    /** By its name in the certificates: most software refuses a curve that is spelled out. */
    private static final ECDomainParameters CURVE =
            new ECNamedDomainParameters(SECObjectIdentifiers.secp256r1, CustomNamedCurves.getByName("secp256r1"));

    private static final Date FROM = Date.from(Instant.parse("2024-01-01T00:00:00Z"));
    private static final Date UNTIL = Date.from(Instant.parse("2099-12-31T23:59:59Z"));

    private CustomerCa() {}

    static Certificates issue(String lineage) {
        AsymmetricCipherKeyPair ca = keys("customer CA of " + lineage);
        AsymmetricCipherKeyPair cluster = keys("cluster of " + lineage);
        X500Name issuer = new X500Name("CN=customerCA " + Ids.of(lineage, 11) + ", O=Sandbox");
        X500Name subject = new X500Name("CN=cluster " + Ids.of(lineage, 11) + ", O=Sandbox");
        return new Certificates(
                pem(signed(ca, issuer, issuer, ca, true)), pem(signed(ca, issuer, subject, cluster, false)));
    }

    private static AsymmetricCipherKeyPair keys(String name) {
        BigInteger secret = new BigInteger(1, Ids.sha256(name))
                .mod(CURVE.getN().subtract(BigInteger.ONE))
                .add(BigInteger.ONE);
        return new AsymmetricCipherKeyPair(
                new ECPublicKeyParameters(CURVE.getG().multiply(secret), CURVE),
                new ECPrivateKeyParameters(secret, CURVE));
    }

    private static X509CertificateHolder signed(
            AsymmetricCipherKeyPair ca, X500Name issuer, X500Name subject, AsymmetricCipherKeyPair keys, boolean isCa) {
        try {
            BigInteger serial = new BigInteger(1, Ids.sha256(subject.toString())).shiftRight(100);
            return new BcX509v3CertificateBuilder(issuer, serial, FROM, UNTIL, subject, keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa))
                    .build(new SteadySigner().build(ca.getPrivate()));
        } catch (IOException | OperatorCreationException neverWithTheseValues) {
            throw new IllegalStateException(neverWithTheseValues);
        }
    }

    private static String pem(X509CertificateHolder certificate) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(certificate);
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
        return text.toString().strip().replace("\r\n", "\n");
    }
}
