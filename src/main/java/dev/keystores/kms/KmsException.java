package dev.keystores.kms;

import dev.keystores.target.Target;
import org.jspecify.annotations.Nullable;

/** The one exception a call to KMS ends in. Its message is for people and has no secret in it. */
public final class KmsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final String code;
    private final @Nullable String requestId;

    KmsException(Reason reason, String code, String message, @Nullable String requestId, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.code = code;
        this.requestId = requestId;
    }

    /** A later target in the settings turned out to be an earlier one's account and Region. */
    public static KmsException sameAccountAndRegion(Target later, Target earlier, String account) {
        var message = "target %s is account %s in %s, as target %s is already: remove one of them"
                .formatted(later.name(), account, later.region(), earlier.name());
        var reason = Reason.SAME_ACCOUNT_AND_REGION;
        return new KmsException(reason, reason.name(), message, null, null);
    }

    /** The account in the settings is not the one of the credentials. */
    public static KmsException anotherAccount(Target target, String account) {
        var message = "the credentials in use belong to account %s, not to %s as the settings of target %s say"
                .formatted(account, target.account(), target.name());
        var reason = Reason.ANOTHER_ACCOUNT;
        return new KmsException(reason, reason.name(), message, null, null);
    }

    /** A call that was not made, and may be made later. */
    public static KmsException heldBack(String why) {
        return new KmsException(Reason.HELD_BACK, Reason.HELD_BACK.name(), why, null, null);
    }

    /** A secret that the call needs can't be had, or can't be right. */
    public static KmsException secretUnreadable(String why) {
        var reason = Reason.SECRET_UNREADABLE;
        return new KmsException(reason, reason.name(), why, null, null);
    }

    /** The same, with more to say. */
    public KmsException with(String more) {
        return saying(getMessage() + " " + more);
    }

    /** The same, said otherwise, and without its cause, which would say it as before. */
    KmsException saying(String message) {
        return new KmsException(reason, code, message, requestId, null);
    }

    public Reason reason() {
        return reason;
    }

    /** AWS's name of it ({@code CustomKeyStoreNotFoundException}), or our reason's where AWS said nothing. */
    public String code() {
        return code;
    }

    /** The request id of AWS's answer, null when there was none. */
    public @Nullable String requestId() {
        return requestId;
    }
}
