package dev.keystores.sandbox.xks.signature;

import dev.keystores.sandbox.wire.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request was signed for a service, lately, by someone who has the secret. Any Region will do, and any further
 * headers may be signed.
 */
public record SignatureCheck(String service, Clock clock) {

    /** XKS Proxy API specification, appendix A, task 4. */
    private static final Duration LARGEST_SKEW = Duration.ofMinutes(5);

    private static final DateTimeFormatter AMZ_DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    /**
     * @param secrets the secret access key of an access key id
     * @throws NotAuthentic otherwise
     */
    public void require(Request request, @Nullable String query, Function<String, Optional<String>> secrets) {
        if (query != null && !query.isEmpty()) {
            throw new NotAuthentic("The query must be empty.");
        }
        Authorization authorization = Authorization.of(only(request, "Authorization"));
        String date = only(request, "X-Amz-Date");
        requireLately(date);
        requireScope(authorization.scope(), date);
        requireSignature(authorization, date, request, secrets);
    }

    private void requireLately(String date) {
        if (Duration.between(signedAt(date), clock.instant()).abs().compareTo(LARGEST_SKEW) > 0) {
            throw new NotAuthentic("X-Amz-Date is more than five minutes away from the proxy's time.");
        }
    }

    private void requireScope(CredentialScope scope, String date) {
        if (!scope.service().equals(service) || !date.startsWith(scope.date())) {
            throw new NotAuthentic(
                    "The credential must be scoped to the service " + service + " and to the day of X-Amz-Date.");
        }
    }

    /** Without a secret it takes as long and says the same: who guesses learns nothing about access key ids. */
    private static void requireSignature(
            Authorization authorization, String date, Request request, Function<String, Optional<String>> secrets) {
        Optional<String> secret = secrets.apply(authorization.accessKeyId());
        SigningKey key = SigningKey.of(secret.orElse("nobody's"), authorization.scope());
        byte[] expected = key.signatureOf(textToSign(authorization, date, request));
        byte[] given = HexFormat.of().parseHex(authorization.signature());
        if (!MessageDigest.isEqual(expected, given) || secret.isEmpty()) {
            throw new NotAuthentic("The signature is not the one that a credential of this proxy gives.");
        }
    }

    private static String textToSign(Authorization authorization, String date, Request request) {
        String canonical = new SignedRequest(request, authorization.signedHeaders()).canonical();
        String hash = Sha256.hex(canonical.getBytes(StandardCharsets.UTF_8));
        return String.join(
                "\n", Authorization.ALGORITHM, date, authorization.scope().toString(), hash);
    }

    private static String only(Request request, String header) {
        @Nullable List<String> values = request.headers().get(header);
        if (values == null || values.size() != 1) {
            throw new NotAuthentic("There must be one " + header + " header.");
        }
        return values.getFirst();
    }

    private static Instant signedAt(String date) {
        try {
            return AMZ_DATE.parse(date, Instant::from);
        } catch (DateTimeException malformed) {
            throw new NotAuthentic("X-Amz-Date must be a time such as 20260301T120000Z.");
        }
    }
}
