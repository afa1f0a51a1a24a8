package dev.keystores;

/** How many of the ways to break off a whole life are tried. */
public enum Kills {
    SOME,
    ALL;

    /** What {@code -Dlife.kills=all} asks for. */
    public static Kills asked() {
        var asked = System.getProperty("life.kills", "some");
        return switch (asked) {
            case "some" -> SOME;
            case "all" -> ALL;
            default -> throw new IllegalArgumentException("life.kills: must be some or all");
        };
    }
}
