package dev.keystores.kms;

/** Another tick may be at work on the target by now: this call must not be made any more. */
final class LeaseEnded extends RuntimeException {

    private static final long serialVersionUID = 1;

    LeaseEnded() {
        super("the right to call KMS about this target has ended");
    }
}
