package dev.keystores.dashboard;

import java.time.Duration;
import java.time.Instant;

/** Durations as people say them: the two largest units. */
final class Words {

    private Words() {}

    static String between(Instant from, Instant to) {
        return of(Duration.between(from, to));
    }

    static String of(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return Math.max(0, duration.toSeconds()) + " s";
    }
}
