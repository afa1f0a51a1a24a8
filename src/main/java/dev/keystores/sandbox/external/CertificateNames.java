package dev.keystores.sandbox.external;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/**
 * The hosts a certificate is for. KMS Developer Guide: the subject's common name is the proxy's host, or a wildcard for the
 * level above it. A DNS name among the alternative names is taken too, by the same rule: the guide doesn't speak of those,
 * but public authorities have begun to leave the common name out.
 */
record CertificateNames(List<String> names) {

    private static final int DNS_NAME = 2;

    static CertificateNames of(X509Certificate certificate) throws CertificateParsingException {
        return new CertificateNames(
                Stream.concat(commonNames(certificate), dnsNames(certificate)).toList());
    }

    boolean cover(String host) {
        int dot = host.indexOf('.');
        String wildcard = dot < 0 ? host : "*" + host.substring(dot);
        return names.stream().anyMatch(name -> name.equalsIgnoreCase(host) || name.equalsIgnoreCase(wildcard));
    }

    private static Stream<String> commonNames(X509Certificate certificate) throws CertificateParsingException {
        try {
            LdapName subject =
                    new LdapName(certificate.getSubjectX500Principal().getName());
            return subject.getRdns().stream()
                    .map(part -> part.toAttributes().get("CN"))
                    .filter(Objects::nonNull)
                    .map(CertificateNames::value);
        } catch (InvalidNameException unreadable) {
            throw new CertificateParsingException(unreadable);
        }
    }

    private static String value(Attribute commonName) {
        try {
            return String.valueOf(commonName.get());
        } catch (NamingException unreadable) {
            return "";
        }
    }

    private static Stream<String> dnsNames(X509Certificate certificate) throws CertificateParsingException {
        @Nullable Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        return alternatives == null
                ? Stream.empty()
                : alternatives.stream()
                        .filter(name -> Objects.equals(name.get(0), DNS_NAME))
                        .map(name -> String.valueOf(name.get(1)));
    }
}
