package dev.keystores.sandbox.external;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands where a test sets it. */
final class SettableInstant extends Clock {

    private volatile Instant now;

    SettableInstant(Instant now) {
        this.now = now;
    }

    void set(Instant changed) {
        now = changed;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
