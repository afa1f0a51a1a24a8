package dev.keystores.kms;

/**
 * Why a call to KMS brought no answer to go on with, and what that means for the call.
 *
 * <p>The exceptions are those of the KMS API Reference for the six operations, and the ones every AWS service may give.
 */
public enum Reason {
    THROTTLED(Meaning.NOT_DONE),
    /** No connection was made: nothing left this machine. */
    UNREACHABLE(Meaning.NOT_DONE),
    /** We held the call back ourselves: no permit in time, or the circuit breaker is open. */
    HELD_BACK(Meaning.NOT_DONE),
    /** KMSInternalException, a time-out, a broken connection: KMS may have taken the call or not. */
    UNCERTAIN(Meaning.MAYBE_DONE),
    /** CustomKeyStoreInvalidStateException: the store isn't in the state we saw. */
    INVALID_STATE(Meaning.LOOK_AGAIN),
    KEY_STORE_NOT_FOUND(Meaning.REFUSED),
    KEY_STORE_NAME_IN_USE(Meaning.REFUSED),
    KEY_STORE_HAS_KEYS(Meaning.REFUSED),
    CLUSTER_NOT_FOUND(Meaning.REFUSED),
    CLUSTER_NOT_ACTIVE(Meaning.REFUSED),
    CLUSTER_NOT_RELATED(Meaning.REFUSED),
    CLUSTER_IN_USE(Meaning.REFUSED),
    CLUSTER_INVALID_CONFIGURATION(Meaning.REFUSED),
    INCORRECT_TRUST_ANCHOR(Meaning.REFUSED),
    XKS_PROXY(Meaning.REFUSED),
    LIMIT_EXCEEDED(Meaning.REFUSED),
    ACCESS_DENIED(Meaning.REFUSED),
    /** No credentials, or ones that AWS doesn't take. */
    UNAUTHENTICATED(Meaning.REFUSED),
    INVALID_REQUEST(Meaning.REFUSED),
    /** Two targets turned out to be the same account and Region. */
    SAME_ACCOUNT_AND_REGION(Meaning.REFUSED),
    /** The credentials are not of the account that the settings tell. */
    ANOTHER_ACCOUNT(Meaning.REFUSED),
    /** A secret that the call was to carry can't be had, so it was not made. */
    SECRET_UNREADABLE(Meaning.REFUSED),
    /** A refusal that we don't know. */
    OTHER(Meaning.REFUSED);

    private final Meaning meaning;

    Reason(Meaning meaning) {
        this.meaning = meaning;
    }

    public Meaning meaning() {
        return meaning;
    }

    /** What has become of a call that failed for such a reason. */
    public enum Meaning {
        /** It surely changed nothing, and may be asked again. */
        NOT_DONE,
        /** Only the next looks can tell. */
        MAYBE_DONE,
        /** It changed nothing, because the store is in another state than we thought. */
        LOOK_AGAIN,
        /** It changed nothing, and asking again the same way is useless. */
        REFUSED
    }
}
