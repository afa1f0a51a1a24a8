package dev.keystores.sandbox.xks.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate before it is signed. */
final class Draft {

    private static final SecureRandom random = new SecureRandom();

    private final X500Principal subject;
    private final KeyPair keys;
    private final Validity validity;
    private final List<Extension> extensions = new ArrayList<>();

    private Draft(String commonName, KeyPair keys, Validity validity) {
        this.subject = new X500Principal("CN=" + commonName + ",O=Key Store Connector Sandbox");
        this.keys = keys;
        this.validity = validity;
    }

    /** @param below how many authorities may stand below it */
    static Draft authority(String commonName, int below, KeyPair keys, Validity validity) {
        return new Draft(commonName, keys, validity)
                .with(Extension.basicConstraints, true, new BasicConstraints(below))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    static Draft host(String host, KeyPair keys, Validity validity) {
        return new Draft(host, keys, validity)
                .with(Extension.basicConstraints, true, new BasicConstraints(false))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .with(Extension.subjectAlternativeName, false, names(host));
    }

    Issuer signedByItself() {
        return new Issuer(signedBy(subject, keys), keys.getPrivate());
    }

    X509Certificate signedBy(Issuer issuer) {
        return signedBy(issuer.certificate().getSubjectX500Principal(), issuer.keys());
    }

    private X509Certificate signedBy(X500Principal issuer, KeyPair issuerKeys) {
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer, serial(), validity.notBefore(), validity.notAfter(), subject, keys.getPublic());
            for (Extension extension : extensions) {
                builder.addExtension(extension);
            }
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(keys.getPublic()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(issuerKeys.getPublic()));
            ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (GeneralSecurityException | IOException | OperatorCreationException impossible) {
            throw new IllegalStateException("Every Java has what this certificate takes", impossible);
        }
    }

    private Draft with(ASN1ObjectIdentifier kind, boolean critical, ASN1Encodable value) {
        try {
            extensions.add(Extension.create(kind, critical, value));
            return this;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Clients that know no name for this machine may still check the certificate of {@code localhost}. */
    private static GeneralNames names(String host) {
        List<GeneralName> names = new ArrayList<>(List.of(new GeneralName(GeneralName.dNSName, host)));
        if (host.equals(HostTls.HOST_OF_THE_NAMELESS)) {
            names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
            names.add(new GeneralName(GeneralName.iPAddress, "::1"));
        }
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static BigInteger serial() {
        return new BigInteger(127, random).setBit(127);
    }
}
