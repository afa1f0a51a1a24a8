package dev.keystores.sandbox.external;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificate authorities KMS trusts: those of Java, those of a setting, and the sandbox's own. */
public final class Trust {

    private static final String SETTING = "keystores.sandbox.xks.trusted-ca";

    private final List<X509Certificate> lasting;
    private final Supplier<List<X509Certificate>> own;

    private Trust(List<X509Certificate> lasting, Supplier<List<X509Certificate>> own) {
        this.lasting = lasting;
        this.own = own;
    }

    /**
     * Reads the files once.
     *
     * @param files {@code keystores.sandbox.xks.trusted-ca}: PEM, one or more certificates in each; a file that is no such
     *     thing is an {@link IllegalArgumentException} that names it
     * @param own the sandbox's own, asked for at each call
     */
    public static Trust of(List<Path> files, Supplier<List<X509Certificate>> own) {
        Stream<X509Certificate> given = files.stream().map(Trust::read).flatMap(Collection::stream);
        return new Trust(Stream.concat(ofJava(), given).toList(), own);
    }

    Set<TrustAnchor> anchors() {
        return Stream.concat(lasting.stream(), own.get().stream())
                .map(certificate -> new TrustAnchor(certificate, null))
                .collect(Collectors.toSet());
    }

    private static Stream<X509Certificate> ofJava() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .map(X509TrustManager.class::cast)
                    .map(X509TrustManager::getAcceptedIssuers)
                    .flatMap(Arrays::stream);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("Java's own certificate authorities can't be read", unusable);
        }
    }

    private static List<X509Certificate> read(Path file) {
        try {
            // At once, or a file that can't be read would look like one with something wrong in it.
            InputStream in = new ByteArrayInputStream(Files.readAllBytes(file));
            List<X509Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw wrong(file, "has no certificate in it", null);
            }
            return found;
        } catch (IOException unreadable) {
            throw wrong(file, "can't be read", unreadable);
        } catch (CertificateException garbage) {
            throw wrong(file, "must be PEM with nothing but certificates", garbage);
        }
    }

    private static IllegalArgumentException wrong(Path file, String rule, @Nullable Exception cause) {
        return new IllegalArgumentException("%s: %s %s".formatted(SETTING, file, rule), cause);
    }
}
