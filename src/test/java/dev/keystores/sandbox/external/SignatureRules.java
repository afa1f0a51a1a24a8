package dev.keystores.sandbox.external;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature Version 4 from a server's side: the request as it came, any set of signed headers. */
final class SignatureRules {

    private static final Pattern AUTHORIZATION =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=[^/]+/((\\d{8})/([^/]+)/(kms-xks-proxy)/aws4_request), "
                    + "SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");

    private SignatureRules() {}

    static String claimed(TestProxy.Received request) {
        return matched(request).group(6);
    }

    static String signature(TestProxy.Received request, String secret) {
        try {
            Matcher claim = matched(request);
            StringBuilder canonical = new StringBuilder("POST\n" + request.path() + "\n\n");
            for (String name : claim.group(5).split(";")) {
                canonical
                        .append(name)
                        .append(':')
                        .append(request.headers().get(name))
                        .append('\n');
            }
            canonical.append('\n').append(claim.group(5)).append('\n').append(hash(request.body()));
            byte[] key = mac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), claim.group(2));
            for (int part : new int[] {3, 4}) {
                key = mac(key, claim.group(part));
            }
            String toSign = "AWS4-HMAC-SHA256\n" + request.headers().get("x-amz-date") + "\n" + claim.group(1) + "\n"
                    + hash(canonical.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac(mac(key, "aws4_request"), toSign));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Matcher matched(TestProxy.Received request) {
        Matcher matcher = AUTHORIZATION.matcher(request.headers().get("authorization"));
        if (!matcher.matches()) {
            throw new AssertionError(request.headers().get("authorization"));
        }
        return matcher;
    }

    private static String hash(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
