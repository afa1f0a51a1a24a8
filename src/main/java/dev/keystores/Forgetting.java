package dev.keystores;

import dev.keystores.inventory.DatabaseOutage;
import dev.keystores.inventory.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what has been kept long enough: a little at a time, so that nobody has to wait for its locks. */
final class Forgetting {

    private static final Logger log = LoggerFactory.getLogger(Forgetting.class);
    private static final int STEP = 500;

    private final List<Kept> all;
    private final Transactions transactions;
    private final Clock clock;

    Forgetting(List<Kept> all, Transactions transactions, Clock clock) {
        this.all = all;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What is kept, and for how long. */
    record Kept(String what, Duration time, Deletion deletion) {}

    interface Deletion {

        /**
         * @param most so many at once
         * @return how many of those from before the time are gone now
         */
        int old(Instant before, int most);
    }

    /** All that is old by now, unless it is to stop before. */
    void run(BooleanSupplier stop) {
        all.forEach(kept -> forgetIfPossible(kept, stop));
    }

    /** What can't be deleted must not keep the rest. */
    private void forgetIfPossible(Kept kept, BooleanSupplier stop) {
        try {
            forget(kept, stop);
        } catch (RuntimeException fault) {
            if (DatabaseOutage.isIn(fault)) {
                throw fault;
            }
            log.error("Old {} could not be deleted; next time again", kept.what(), fault);
        }
    }

    private void forget(Kept kept, BooleanSupplier stop) {
        var before = clock.instant().minus(kept.time());
        var gone = 0;
        for (var step = STEP; step == STEP && !stop.getAsBoolean(); gone += step) {
            step = transactions.inOne(() -> kept.deletion().old(before, STEP));
        }
        if (gone > 0) {
            log.info("Deleted what is older than {}: {} {}", kept.time(), gone, kept.what());
        }
    }
}
