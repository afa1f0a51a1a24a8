package dev.keystores.kms;

import java.util.function.Predicate;

/** After what a Describe is asked again at once: it changes nothing, so doubt does no harm. Named in application.yaml. */
public final class WorthRepeating implements Predicate<Throwable> {

    @Override
    public boolean test(Throwable failure) {
        return failure instanceof KmsException call
                && switch (call.reason()) {
                    case THROTTLED, UNCERTAIN, UNREACHABLE -> true;
                    default -> false;
                };
    }
}
