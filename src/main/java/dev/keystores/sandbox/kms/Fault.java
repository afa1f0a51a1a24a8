package dev.keystores.sandbox.kms;

/** What KMS itself can do to a call that is in order. */
public enum Fault {
    /** ThrottlingException, and nothing happened. */
    THROTTLED,
    /** KMSInternalException, and nothing happened. */
    INTERNAL_BEFORE_EFFECT,
    /** KMSInternalException, although the call took effect. */
    INTERNAL_AFTER_EFFECT,
    /** The call took effect, and the connection breaks instead of an answer. */
    BROKEN_AFTER_EFFECT
}
