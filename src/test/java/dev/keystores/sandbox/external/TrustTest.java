package dev.keystores.sandbox.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {

    private final X509Certificate first = Authority.root("First").certificate();
    private final X509Certificate second = Authority.root("Second").certificate();

    @TempDir
    private Path directory;

    @Test
    void trustsTheAuthoritiesOfEveryFileAndThoseOfJava() throws Exception {
        Path one = file("one.pem", "Words before it\n" + pem(first) + pem(second));
        Path another = file("another.pem", pem(Authority.root("Third").certificate()));

        List<X509Certificate> trusted = trusted(Trust.of(List.of(one, another), List::of));

        assertThat(trusted).contains(first, second);
        assertThat(trusted).hasSize(3 + trusted(Trust.of(List.of(), List::of)).size());
    }

    @Test
    void asksForTheSandboxsOwnAuthorityEachTime() {
        List<X509Certificate> own = new ArrayList<>(List.of(first));
        Trust trust = Trust.of(List.of(), () -> own);
        assertThat(trusted(trust)).contains(first).doesNotContain(second);

        own.set(0, second);

        assertThat(trusted(trust)).contains(second).doesNotContain(first);
    }

    @Test
    void saysWhichFileIsNoneOfCertificates() throws Exception {
        assertRefused(directory.resolve("missing.pem"), "can't be read");
        assertRefused(directory, "can't be read");
        assertRefused(file("empty.pem", ""), "has no certificate in it");
        assertRefused(file("garbage.pem", "garbage"), "must be PEM with nothing but certificates");
        assertRefused(file("cut.pem", pem(first).substring(0, 200)), "must be PEM with nothing but certificates");
        assertRefused(
                file("wrong.pem", pem("PRIVATE KEY", "a key".getBytes(StandardCharsets.UTF_8))),
                "must be PEM with nothing but certificates");
    }

    private void assertRefused(Path file, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trust.of(List.of(file), List::of))
                .withMessage("keystores.sandbox.xks.trusted-ca: " + file + " " + rule);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static List<X509Certificate> trusted(Trust trust) {
        return trust.anchors().stream().map(TrustAnchor::getTrustedCert).toList();
    }

    private static String pem(X509Certificate certificate) throws CertificateEncodingException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    private static String pem(String what, byte[] der) {
        String base64 = Base64.getMimeEncoder().encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what);
    }
}
