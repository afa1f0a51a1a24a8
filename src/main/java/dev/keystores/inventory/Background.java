package dev.keystores.inventory;

import org.jspecify.annotations.Nullable;

/** Work that nobody waits for, as a look at a target. It leaves connections of the database to those who wait for an answer. */
public final class Background {

    private static final ScopedValue<Background> CURRENT = ScopedValue.newInstance();

    private boolean begun;
    private boolean served;

    private Background() {}

    /** As one piece of such work, by this thread alone. */
    public static void run(Runnable work) {
        ScopedValue.where(CURRENT, new Background()).run(work);
    }

    /** What this thread is at; null where somebody waits for it. */
    static @Nullable Background current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /** Whether it has had a connection before. */
    boolean begun() {
        return begun;
    }

    /** Whether it has one now. */
    boolean served() {
        return served;
    }

    void serve() {
        begun = true;
        served = true;
    }

    void leave() {
        served = false;
    }
}
