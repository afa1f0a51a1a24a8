package dev.keystores.kms;

import dev.keystores.target.Target;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.retry.RetryRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * What stands between us and KMS: the quota of each operation, and a circuit breaker for each target.
 *
 * <p>The quota holds by the time a call arrives, not just by the time it leaves: the calls of an operation go one after the
 * other, and the permit of the moment in which one is answered is used up too. So no period has two arrivals, whatever
 * delays the first of them.
 */
@Component
class Guards {

    private final BulkheadRegistry bulkheads;
    private final RateLimiterRegistry limiters;
    private final CircuitBreakerRegistry breakers;
    private final RetryRegistry retries;
    private final Map<String, String> outages = new ConcurrentHashMap<>();

    Guards(
            BulkheadRegistry bulkheads,
            RateLimiterRegistry limiters,
            CircuitBreakerRegistry breakers,
            RetryRegistry retries) {
        this.bulkheads = bulkheads;
        this.limiters = limiters;
        this.breakers = breakers;
        this.retries = retries;
    }

    /** Asks again after what {@link WorthRepeating} names; for reads only. */
    <T> T repeated(Target target, Supplier<T> call) {
        return retries.retry(target.name()).executeSupplier(call);
    }

    /** Takes one permit of the operation's quota, and asks. */
    <T> T guarded(Target target, Operation operation, Supplier<T> call) {
        var name = target.name() + ":" + operation;
        try {
            return bulkheads
                    .bulkhead(name)
                    .executeSupplier(() -> limited(limiters.rateLimiter(name), () -> broken(target, operation, call)));
        } catch (RequestNotPermitted | BulkheadFullException tooMany) {
            throw Failures.heldBack("no permit for %s within the quota".formatted(operation), tooMany);
        } catch (CallNotPermittedException open) {
            throw Failures.heldBack("paused after failures in a row, the last: " + outages.get(target.name()), open);
        }
    }

    private static <T> T limited(RateLimiter limiter, Supplier<T> call) {
        if (!limiter.acquirePermission()) {
            throw RequestNotPermitted.createRequestNotPermitted(limiter);
        }
        try {
            return call.get();
        } finally {
            // drainPermissions() would leave the permits of a period that nobody has asked in yet.
            if (limiter.getMetrics().getAvailablePermissions() > 0) {
                limiter.acquirePermission();
            }
        }
    }

    private <T> T broken(Target target, Operation operation, Supplier<T> call) {
        // A disconnect is what an operator reaches for when things are bad: nothing of ours may stand in its way.
        return operation == Operation.DisconnectCustomKeyStore
                ? call.get()
                : breakers.circuitBreaker(target.name()).executeSupplier(() -> remembered(target, call));
    }

    /** So that a call held back can still say why. */
    private <T> T remembered(Target target, Supplier<T> call) {
        try {
            return call.get();
        } catch (KmsException failure) {
            outages.put(target.name(), String.valueOf(failure.getMessage()));
            throw failure;
        }
    }
}
