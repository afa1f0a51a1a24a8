package dev.keystores.sandbox.external;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server's certificate is good for a host at a moment. The path to an authority is made of what the server sent:
 * an intermediate certificate it left out is fetched from nowhere.
 */
final class ChainCheck extends X509ExtendedTrustManager {

    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

    private final Set<TrustAnchor> anchors;
    private final String host;
    private final Date at;

    ChainCheck(Set<TrustAnchor> anchors, String host, Date at) {
        this.anchors = anchors;
        this.host = host;
        this.at = at;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String authType) throws CertificateException {
        X509Certificate certificate = sent[0];
        // The builder would find this too, but only say that it found no path.
        certificate.checkValidity(at);
        CertificateNames names = CertificateNames.of(certificate);
        if (!names.cover(host)) {
            throw new CertificateException("The certificate is for %s, not for %s".formatted(names.names(), host));
        }
        requirePurpose(certificate);
        requirePath(List.of(sent));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String authType, Socket socket) throws CertificateException {
        checkServerTrusted(sent, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(sent, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] sent, String authType) {
        throw new UnsupportedOperationException("KMS is a client only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] sent, String authType, Socket socket) {
        checkClientTrusted(sent, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] sent, String authType, SSLEngine engine) {
        checkClientTrusted(sent, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private static void requirePurpose(X509Certificate certificate) throws CertificateException {
        @Nullable List<String> purposes = certificate.getExtendedKeyUsage();
        // Without the extension it is for any purpose.
        if (purposes != null && !purposes.contains(SERVER_AUTHENTICATION)) {
            throw new CertificateException("The certificate is not for servers");
        }
    }

    private void requirePath(List<X509Certificate> sent) throws CertificateException {
        try {
            CertPathBuilder.getInstance("PKIX").build(rules(sent));
        } catch (GeneralSecurityException noPath) {
            throw new CertificateException("No path from the certificate to a trusted authority", noPath);
        }
    }

    private PKIXBuilderParameters rules(List<X509Certificate> sent) throws GeneralSecurityException {
        X509CertSelector server = new X509CertSelector();
        server.setCertificate(sent.getFirst());
        PKIXBuilderParameters rules = new PKIXBuilderParameters(anchors, server);
        rules.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(sent)));
        rules.setRevocationEnabled(false);
        rules.setDate(at);
        return rules;
    }
}
