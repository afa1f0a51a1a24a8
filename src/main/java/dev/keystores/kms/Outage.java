package dev.keystores.kms;

import java.util.function.Predicate;

/** What a circuit breaker counts: KMS out of reach or out of order, never a refusal. Named in application.yaml. */
public final class Outage implements Predicate<Throwable> {

    @Override
    public boolean test(Throwable failure) {
        return failure instanceof KmsException call
                && (call.reason() == Reason.UNCERTAIN || call.reason() == Reason.UNREACHABLE);
    }
}
