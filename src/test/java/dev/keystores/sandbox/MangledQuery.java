package dev.keystores.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Calls of the query protocol, and what is wrong with them. */
record MangledQuery(Chance chance) {

    RawRequest valid() {
        return post(String.join("&", chance.percent(50) ? identity() : assumeRole()));
    }

    Sent mangled() {
        List<String> pairs = new ArrayList<>(chance.percent(30) ? identity() : assumeRole());
        int at = chance.below(pairs.size());
        String name = pairs.get(at).replaceFirst("=.*", "");
        boolean secret = name.equals("ExternalId");
        switch (chance.below(7)) {
            case 0 -> pairs.remove(at);
            case 1 -> pairs.set(at, name + "=" + encoded((secret ? Chance.HUSH : "") + chance.hostile()));
            case 2 -> pairs.add(pairs.get(at));
            case 3 ->
                pairs.set(
                        at, name + chance.of(".1", ".1.1", "[]", ".0", ".-1", ".999999", ".1000000", "..", ".") + "=a");
            case 4 ->
                pairs.set(
                        at,
                        chance.of(
                                "%",
                                "%z",
                                "%zz=1",
                                "=",
                                "==",
                                "&&&",
                                "=a",
                                "a",
                                "%00=%00",
                                "%ff=%ff",
                                "%c0%ae=1",
                                "+=+",
                                ";"));
            case 5 ->
                pairs.add("Filter.1.Value.".concat(chance.of("1", "x", "9".repeat(30)))
                        + "=a&".repeat(1 + chance.length()));
            default ->
                pairs.set(
                        at,
                        name + "="
                                + chance.of(
                                        "",
                                        "Guess",
                                        "2011-06-15",
                                        "899",
                                        "900",
                                        "43200",
                                        "43201",
                                        "2147483648",
                                        "+900",
                                        "\u0669"));
        }
        String form = String.join("&", pairs);
        return Sent.framed("query", wrapped(form));
    }

    private RawRequest wrapped(String form) {
        RawRequest post = post(form);
        return switch (chance.below(8)) {
            case 0 -> get(form);
            case 1 ->
                post.with(
                        "Content-Type",
                        chance.of(
                                "application/x-www-form-urlencoded",
                                "APPLICATION/X-WWW-FORM-URLENCODED;q",
                                "multipart/form-data"));
            case 2 -> post.with("Authorization", chance.hostileLine());
            case 3 -> post.body(chance.bytes(chance.below(200)));
            case 4 -> post.without("Authorization");
            default -> post;
        };
    }

    /** What can't stand in a target as it is makes another request of it, and none that can be told where it ends. */
    private static RawRequest get(String form) {
        String query = form.replaceAll("[^!-~]", "%20");
        return post("").method("GET").target("/?" + query.substring(0, Math.min(query.length(), 60_000)));
    }

    private static RawRequest post(String form) {
        return RawRequest.of(
                "POST",
                "/",
                form,
                "Content-Type: application/x-www-form-urlencoded; charset=utf-8",
                "Authorization: AWS4-HMAC-SHA256 Credential=111122223333/20260301/eu-central-1/sts/aws4_request, "
                        + "SignedHeaders=host, Signature=" + Chance.HUSH);
    }

    private static List<String> identity() {
        return List.of("Action=GetCallerIdentity", "Version=2011-06-15");
    }

    private List<String> assumeRole() {
        return List.of(
                "Action=" + (chance.percent(90) ? "AssumeRole" : "DescribeSubnets"),
                "Version=" + (chance.percent(90) ? "2011-06-15" : "2016-11-15"),
                "RoleArn=arn:aws:iam::444455556666:role/key-stores",
                "RoleSessionName=me",
                "ExternalId=" + Chance.HUSH,
                "DurationSeconds=900");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
