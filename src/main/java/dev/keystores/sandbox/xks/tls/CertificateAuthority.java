package dev.keystores.sandbox.xks.tls;

import dev.keystores.sandbox.data.DataFile;
import dev.keystores.sandbox.data.Shelf;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Certifies the sandbox's hosts. Founded once for each data file; whoever trusts its root goes on trusting it. */
public final class CertificateAuthority {

    private static final String NAME = "authority";

    private final Authority trusted;
    private final Authority impostor;
    private final Clock clock;
    private final Map<String, Issued> byHost = new ConcurrentHashMap<>();

    private CertificateAuthority(Authority trusted, Clock clock) {
        this.trusted = trusted;
        this.impostor = Authority.founded(Validity.ofAuthority(clock.instant()));
        this.clock = clock;
    }

    public static CertificateAuthority open(DataFile file, Clock clock) {
        Shelf<StoredAuthority> shelf = file.shelf("xks-authority", StoredAuthority.class);
        @Nullable StoredAuthority stored = shelf.all().get(NAME);
        if (stored == null) {
            stored = StoredAuthority.of(Authority.founded(Validity.ofAuthority(clock.instant())));
            shelf.put(NAME, stored);
        }
        return new CertificateAuthority(stored.read(), clock);
    }

    /** What a client has to trust; nothing else does it have to know. */
    public X509Certificate root() {
        return trusted.root().certificate();
    }

    public String rootPem() {
        try {
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(root().getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Made when first asked for, and again when the host is to present itself otherwise. */
    public Identity identity(String host, Tls tls) {
        return byHost.compute(host, (name, known) -> known != null && known.tls.equals(tls) ? known : issue(name, tls))
                .identity;
    }

    private Issued issue(String host, Tls tls) {
        Validity validity = Validity.of(tls, clock.instant());
        Identity identity = switch (tls.certificate()) {
            case VALID, EXPIRED -> trusted.identity(host, validity);
            case MISNAMED -> trusted.identity("not-" + host, validity);
            case UNTRUSTED -> impostor.identity(host, validity);
            case INCOMPLETE -> trusted.identity(host, validity).withoutIntermediate();
        };
        return new Issued(tls, identity);
    }

    private record Issued(Tls tls, Identity identity) {}
}
