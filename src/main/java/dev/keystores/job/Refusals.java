package dev.keystores.job;

import dev.keystores.keystore.Remedy;
import dev.keystores.keystore.Remedy.Retry;
import dev.keystores.kms.Reason;
import java.util.List;

/** What cures a call that KMS refused at once (KMS API Reference, the errors of the six operations). */
final class Refusals {

    private Refusals() {}

    static Remedy remedy(Reason reason, String message) {
        return switch (reason) {
            case ACCESS_DENIED ->
                afterFix(
                        "The IAM policy of whoever calls KMS here doesn't allow it.",
                        "Allow the action that the detail names, on resource \"*\", for a custom key store has no ARN.",
                        "Ask again; IAM may take a minute to follow.");
            case UNAUTHENTICATED ->
                afterFix(
                        "AWS doesn't take the credentials, or there are none.",
                        "Check the credentials of this service (environment, profile, instance or pod role) and its clock.",
                        "Ask again.");
            case CLUSTER_NOT_ACTIVE ->
                afterFix(
                        "The CloudHSM cluster is not ACTIVE.",
                        "See its state: aws cloudhsmv2 describe-clusters",
                        "Initialise and activate it, or wait until it is ACTIVE, then ask again.");
            case CLUSTER_INVALID_CONFIGURATION ->
                afterFix(
                        "The CloudHSM cluster is not set up as KMS needs it: active HSMs, private subnets in at least two"
                                + " Availability Zones, and a security group that allows TCP 2223-2225 to itself.",
                        "See its HSMs and subnets: aws cloudhsmv2 describe-clusters",
                        "Add an HSM: aws cloudhsmv2 create-hsm --cluster-id <cluster> --availability-zone <zone>",
                        "Check the rules of its security group: aws ec2 describe-security-groups",
                        "Ask again once an HSM is ACTIVE.");
            case KEY_STORE_NOT_FOUND ->
                afterFix(
                        "KMS knows no such key store in this account and Region.",
                        "Check the id, the account and the Region: aws kms describe-custom-key-stores");
            case LIMIT_EXCEEDED ->
                afterFix(
                        "A quota of KMS is used up.",
                        "Look at the quotas of KMS in Service Quotas, and have it raised.");
            case ANOTHER_ACCOUNT -> afterFix(message, "Correct the account of the target, or its credentials.");
            case SAME_ACCOUNT_AND_REGION -> afterFix(message, "Remove one of the two targets from the settings.");
            case KEY_STORE_HAS_KEYS,
                    KEY_STORE_NAME_IN_USE,
                    CLUSTER_NOT_FOUND,
                    CLUSTER_NOT_RELATED,
                    CLUSTER_IN_USE,
                    INCORRECT_TRUST_ANCHOR,
                    XKS_PROXY,
                    INVALID_REQUEST,
                    OTHER -> afterFix("KMS says: " + message, "Correct what it names, and ask again.");
            case THROTTLED, UNREACHABLE, HELD_BACK, UNCERTAIN, INVALID_STATE ->
                new Remedy(message, List.of("Ask again later."), Retry.LATER, List.of());
        };
    }

    private static Remedy afterFix(String cause, String... steps) {
        return new Remedy(cause, List.of(steps), Retry.AFTER_FIX, List.of());
    }
}
