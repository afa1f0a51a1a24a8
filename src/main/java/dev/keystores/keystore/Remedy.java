package dev.keystores.keystore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cure of a failure: why it happened, and what a person does about it, in order.
 *
 * <p>A step says one thing to do. Where that is a command, the step ends with it, after the step's only colon and blank.
 * Commands are for AWS CLI 2 with credentials of the key store's account and Region, or for CloudHSM CLI (Client SDK 5).
 * What differs from store to store stands in them as a shell variable, written {@code ${ID:?}}: one that nobody has set
 * stops the command, which without its value could mean every cluster there is.
 *
 * <ul>
 *   <li>known of the key store: {@code ID}, {@code REGION}, {@code ACCOUNT_ARN}
 *       ({@code arn:aws:iam::111122223333:root}), {@code CLUSTER}, {@code PROXY_HOST} (the endpoint without
 *       {@code https://}), {@code URI_PATH}, {@code SERVICE_NAME} and its last part {@code SERVICE_ID}
 *       ({@code vpce-svc-...});
 *   <li>found or chosen on the way: {@code BACKUP}, {@code HSM}, {@code HSM_TYPE}, {@code INTERFACE},
 *       {@code LOAD_BALANCER}, {@code NEW_CLUSTER}, {@code NEW_PROXY_HOST}, {@code NEW_SERVICE_NAME},
 *       {@code NEW_URI_PATH}, {@code OWNER} (an account), {@code SECURITY_GROUP}, {@code SUBNET},
 *       {@code OTHER_SUBNET}, {@code TARGET_GROUP}, {@code VPC}, {@code ZONE};
 *   <li>secret: {@code PASSWORD}, {@code XKS_ACCESS_KEY_ID}, {@code XKS_SECRET}.
 * </ul>
 *
 * @param needsUpdate properties that must get a new value first, named as in our REST API ({@code keyStorePassword},
 *     ...); one that needs it in some cases only is in the steps alone
 */
public record Remedy(String cause, List<String> steps, Retry retry, List<String> needsUpdate) {

    static final String DISCONNECT = "Disconnect the key store here and wait until it is DISCONNECTED.";
    static final String CONNECT = "Connect the key store here.";
    static final String REPAIR = "Then repair the key store here (it disconnects and connects again).";

    private static final String CODES =
            "https://docs.aws.amazon.com/kms/latest/APIReference/API_CustomKeyStoresListEntry.html";

    public Remedy {
        steps = List.copyOf(steps);
        needsUpdate = List.copyOf(needsUpdate);
    }

    /**
     * Whether the same connect, asked again, can end otherwise. What decides is where the cure lies: in time, outside KMS,
     * or in a value that KMS holds; for a code that can be more than one of these, the first to try.
     */
    public enum Retry {
        /** It can't, or it does harm, until KMS has been given a new value: {@link Remedy#needsUpdate} names it. */
        NEVER,
        /** It can once somebody has repaired the cause. */
        AFTER_FIX,
        /** It can by itself, after a while. */
        LATER
    }

    /** The remedy of a code as KMS wrote it; one we don't know gets a remedy that says so. */
    public static Remedy of(@Nullable String connectionErrorCode, KeyStoreType type) {
        if (connectionErrorCode == null || connectionErrorCode.isBlank()) {
            return withoutCode();
        }
        return ConnectionErrorCode.of(connectionErrorCode)
                .map(code -> code.remedy(type))
                .orElseGet(() -> ofUnknown(connectionErrorCode));
    }

    /** For a key store that KMS shows as FAILED without saying why. */
    public static Remedy withoutCode() {
        return later(
                "KMS shows the key store as FAILED and gives no code that would say why.",
                "Wait a few minutes and, the first time, go straight to the repair.",
                "If it fails again, look whether KMS gives a code by now, and follow the remedy of that one: "
                        + "aws kms describe-custom-key-stores --custom-key-store-id ${ID:?}",
                "If there is still none, open a case with AWS Support, and name the key store's id and the request id of its"
                        + " connect.",
                REPAIR);
    }

    static Remedy later(String cause, String... steps) {
        return new Remedy(cause, List.of(steps), Retry.LATER, List.of());
    }

    static Remedy afterFix(String cause, String... steps) {
        return new Remedy(cause, List.of(steps), Retry.AFTER_FIX, List.of());
    }

    static Remedy neverWithoutNew(String property, String cause, String... steps) {
        return new Remedy(cause, List.of(steps), Retry.NEVER, List.of(property));
    }

    private static Remedy ofUnknown(String code) {
        return afterFix(
                "KMS gave the code " + code + ", which this version doesn't know.",
                "Look for it under ConnectionErrorCode on " + CODES + " in the KMS API Reference.",
                "Do what is said there; where nothing is, ask AWS Support, and name the key store's id and this code.",
                "See whether a newer version of this service knows it.",
                REPAIR);
    }
}
