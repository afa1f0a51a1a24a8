package dev.keystores.kms;

import dev.keystores.target.Target;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.retry.RetryRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What stands between us and KMS: the quota of each operation, and a circuit breaker for each target. */
@Component
class Guards {

    private final RateLimiterRegistry limiters;
    private final CircuitBreakerRegistry breakers;
    private final RetryRegistry retries;
    private final Map<String, String> outages = new ConcurrentHashMap<>();

    Guards(RateLimiterRegistry limiters, CircuitBreakerRegistry breakers, RetryRegistry retries) {
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
        try {
            return limiters.rateLimiter(target.name() + ":" + operation)
                    .executeSupplier(() -> broken(target, operation, call));
        } catch (RequestNotPermitted tooMany) {
            throw Failures.heldBack("no permit for %s within the quota".formatted(operation), tooMany);
        } catch (CallNotPermittedException open) {
            throw Failures.heldBack("paused after failures in a row, the last: " + outages.get(target.name()), open);
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
