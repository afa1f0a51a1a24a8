package dev.keystores.inventory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work as one transaction, and runs it anew after a deadlock or a lock that could not be had in time. Joins a
 * transaction that is under way; then it is that one which is run anew, by whoever began it.
 */
@Component
public class Transactions {

    /** Nobody who looks back a quarter of a minute for what was committed late may miss anything. */
    private static final int SECONDS = 5;

    private final TransactionTemplate template;
    private final RetryTemplate again = new RetryTemplate(RetryPolicy.builder()
            .predicate(Transactions::passes)
            .maxRetries(3)
            .delay(Duration.ofMillis(20))
            .jitter(Duration.ofMillis(15))
            .build());

    Transactions(PlatformTransactionManager manager) {
        this.template = new TransactionTemplate(manager);
        template.setTimeout(SECONDS);
    }

    public <T> T inOne(Supplier<T> work) {
        if (underWay()) {
            // No part of it can be run anew; and whoever began it may take a refusal, and go on.
            return work.get();
        }
        try {
            return again.execute(() -> template.execute(status -> work.get()));
        } catch (RetryException exhausted) {
            throw exhausted.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(exhausted);
        }
    }

    /** Whether this thread is within one. */
    public boolean underWay() {
        return TransactionSynchronizationManager.isActualTransactionActive();
    }

    /** Once the transaction under way is committed. Its connection is still in hand then: nothing may be asked of it. */
    public void afterCommit(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }

    public void run(Runnable work) {
        inOne(() -> {
            work.run();
            return true;
        });
    }

    private static boolean passes(Throwable fault) {
        return fault instanceof ConcurrencyFailureException
                || fault instanceof TransientDataAccessException
                || (fault instanceof DataAccessException
                        && fault.getCause() instanceof SQLException odd
                        && DatabaseOutage.NO_LOCK_IN_TIME.equals(odd.getSQLState()));
    }
}
