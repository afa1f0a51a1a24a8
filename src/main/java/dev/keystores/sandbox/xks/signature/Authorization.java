package dev.keystores.sandbox.xks.signature;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Authorization header of a signed request.
 *
 * @param signedHeaders names in lower case, sorted
 * @param signature in lower-case hexadecimal digits
 */
record Authorization(String accessKeyId, CredentialScope scope, List<String> signedHeaders, String signature) {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final Pattern HEADER = Pattern.compile(ALGORITHM
            + " +Credential=([^/,\\s]+)/(\\d{8})/([^/,\\s]+)/([^/,\\s]+)/aws4_request"
            + ",\\s*SignedHeaders=([^,\\s]+),\\s*Signature=([0-9a-f]{64})");

    static Authorization of(String header) {
        Matcher matcher = HEADER.matcher(header.strip());
        if (!matcher.matches()) {
            throw new NotAuthentic("The Authorization header must be " + ALGORITHM
                    + " with Credential, SignedHeaders and Signature, separated by commas.");
        }
        CredentialScope scope = new CredentialScope(matcher.group(2), matcher.group(3), matcher.group(4));
        return new Authorization(matcher.group(1), scope, names(matcher.group(5)), matcher.group(6));
    }

    private static List<String> names(String signedHeaders) {
        List<String> names = List.of(signedHeaders.split(";", -1));
        if (!names.equals(names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .toList())) {
            throw new NotAuthentic("SignedHeaders must be different names in lower case and in order.");
        }
        if (Stream.of("host", "x-amz-date").anyMatch(name -> !names.contains(name))) {
            throw new NotAuthentic("SignedHeaders must contain host and x-amz-date.");
        }
        return names;
    }
}
