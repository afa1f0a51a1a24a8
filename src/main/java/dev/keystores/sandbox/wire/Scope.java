package dev.keystores.sandbox.wire;

/** One account in one Region: a world of its own, and the unit of every quota. */
public record Scope(String account, String region) implements Comparable<Scope> {

    public Scope {
        if (!account.matches("\\d{12}")) {
            throw new IllegalArgumentException("account: must be 12 digits");
        }
        if (!region.matches("[a-z][a-z0-9-]{1,31}")) {
            throw new IllegalArgumentException("region: must be the name of a Region, such as eu-central-1");
        }
    }

    /** The inverse of {@link #toString}. */
    public static Scope parse(String text) {
        int slash = text.indexOf('/');
        return new Scope(text.substring(0, slash), text.substring(slash + 1));
    }

    /** {@code aws}, or the part of AWS that is kept apart from it, as ARNs say. */
    public String partition() {
        String start = region.substring(0, region.indexOf('-') + 1);
        return switch (start) {
            case "cn-" -> "aws-cn";
            case "eusc-" -> "aws-eusc";
            default -> region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
        };
    }

    @Override
    public int compareTo(Scope other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return account + "/" + region;
    }
}
