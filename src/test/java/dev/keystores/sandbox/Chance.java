package dev.keystores.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What a generator of requests draws from: the same seed, the same requests. */
final class Chance {

    /** In every secret that a request carries, and so in nothing that may ever be heard or logged. */
    static final String HUSH = "hushHUSHhush";

    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\0",
            "\t\b\f\u001b[31m",
            "\r\nX-Injected: 1\r\n\r\n",
            "' OR 1=1 --",
            "'; DROP TABLE job; --",
            "%s%n%x%d%99999999d",
            "%00%0d%0a%zz",
            "${jndi:ldap://127.0.0.1:1/x}",
            "#{7*7}{{7*7}}",
            "../../../../etc/passwd",
            "..\\..\\",
            "<script>alert(1)</script>]]>&lol;",
            "\ufeff",
            "\ufffe\uffff",
            "\u202e\u2066\u200b",
            "\ud83d\udd11\ud83d\udd11",
            "\u0130\u0131\u017f\u212a",
            "\uff11\uff12\uff13",
            "(a+)+$",
            "[",
            "\\",
            "\"",
            "NaN",
            "null",
            "-0",
            "1e309",
            "0x10",
            "*",
            "__proto__",
            "arn:aws:kms:eu-central-1:111122223333:key/",
            "alias/aws/kms");

    /** What makes a backtracking pattern run long or deep. */
    private static final List<String> REPEATED = List.of(
            "a",
            "A",
            "-a",
            "/a",
            "a-",
            "a.",
            ":",
            "=",
            "+",
            " ",
            "0",
            "1",
            "%41",
            "\u00e4",
            "\ud83d\udd11",
            "[",
            "{",
            "\\",
            "\"");

    private final RandomGenerator random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** That of one of many requests: neither neighbours nor the same number of another seed have anything in common. */
    static Chance ofRequest(long seed, int number) {
        return new Chance(new SplittableRandom(seed).nextLong() + number);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean percent(int share) {
        return random.nextInt(100) < share;
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T call(Supplier<T>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    /** One of them, each as often as its weight says. */
    @SafeVarargs
    final <T> T weighted(Share<T>... shares) {
        int all = 0;
        for (Share<T> share : shares) {
            all += share.weight();
        }
        int left = below(all);
        int at = 0;
        while (left >= shares[at].weight()) {
            left -= shares[at].weight();
            at++;
        }
        return shares[at].make().get();
    }

    record Share<T>(int weight, Supplier<T> make) {}

    static <T> Share<T> share(int weight, Supplier<T> make) {
        return new Share<>(weight, make);
    }

    /** Short mostly, and at times so long that a recursion over it would not come back. */
    int length() {
        return percent(97) ? below(70) : percent(80) ? below(3000) : 40_000 + below(20_000);
    }

    String hostile() {
        return switch (below(6)) {
            case 0 -> of(REPEATED).repeat(1 + length());
            case 1 ->
                of("arn:aws", "com.amazonaws.vpce.", "cluster-", "/", "AWS4-HMAC-SHA256 ")
                        + of(REPEATED).repeat(1 + length())
                        + of("", "!", "\n", ":iam::111122223333:role/x");
            // Nobody's name on the Internet, so that nobody is asked for it.
            case 2 -> "https://" + of("a.", "-", "xn--.").repeat(1 + length()) + "example";
            case 3 -> new String(bytes(1 + below(40)), StandardCharsets.UTF_16);
            default -> of(HOSTILE);
        };
    }

    /** Fits into one line of a request's head: whoever reads it finds its end. */
    String hostileLine() {
        String text = hostile().replaceAll("[\\p{Cntrl}]", "?");
        return text.substring(0, Math.min(text.length(), 60_000));
    }

    String letters(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(below(alphabet.length())));
        }
        return text.toString();
    }
}
