package dev.keystores.chaos.model;

import java.time.Duration;
import java.time.Instant;

/** A time from one moment until another. */
record Span(Instant from, Instant until) {

    /** How much of it lies in another time. */
    Duration within(Instant start, Instant end) {
        var first = from.isAfter(start) ? from : start;
        var last = until.isBefore(end) ? until : end;
        return first.isBefore(last) ? Duration.between(first, last) : Duration.ZERO;
    }

    Span longerBy(Duration time) {
        return new Span(from, until.equals(Instant.MAX) ? until : until.plus(time));
    }
}
