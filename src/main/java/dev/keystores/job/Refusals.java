package dev.keystores.job;

import dev.keystores.keystore.Remedy;
import dev.keystores.keystore.Remedy.Retry;
import dev.keystores.kms.Reason;
import java.util.List;

/** What cures a call that KMS refused at once (KMS API Reference, the errors of the six operations). */
final class Refusals {

    private Refusals() {}

    /** @param code AWS's name of the exception */
    static Remedy remedy(Reason reason, String code, String message) {
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
            case KEY_STORE_HAS_KEYS ->
                afterFix(
                        "KMS deletes no key store that has KMS keys, nor while a key in it waits for its deletion: 7 to 30 days.",
                        "List the keys of the account: aws kms list-keys",
                        "Find those whose CustomKeyStoreId is this one: aws kms describe-key --key-id ${KEY:?}",
                        "Make sure that nobody needs them: what they have encrypted is lost with them.",
                        "Schedule the deletion of each: aws kms schedule-key-deletion --key-id ${KEY:?} --pending-window-in-days 30",
                        "Ask again when the last of them is gone.");
            case KEY_STORE_NAME_IN_USE ->
                afterFix(
                        "A name belongs to one key store of an account and Region.",
                        "See who has it: aws kms describe-custom-key-stores",
                        "Ask again with another name, or rename or delete the other one first.");
            case CLUSTER_NOT_FOUND ->
                afterFix(
                        "There is no such CloudHSM cluster in this account and Region.",
                        "See those that there are: aws cloudhsmv2 describe-clusters",
                        "Ask again with the id of one of them.");
            case CLUSTER_NOT_RELATED ->
                afterFix(
                        "The new cluster has another cluster certificate: KMS takes only one that was made from a backup of the"
                                + " present cluster, or shares one with it.",
                        "Compare the certificates: aws cloudhsmv2 describe-clusters",
                        "Make a cluster from a backup of the present one, with its kmsuser, and ask again with that.",
                        "For an unrelated cluster, create a key store of its own.");
            case CLUSTER_IN_USE ->
                afterFix(
                        "A CloudHSM cluster serves one key store, and so do all clusters that share its backups.",
                        "See which one: aws kms describe-custom-key-stores",
                        "Ask again with a cluster that no key store uses, or delete that key store first.");
            case INCORRECT_TRUST_ANCHOR ->
                afterFix(
                        "The certificate is not the one that the cluster was initialised with.",
                        "Take customerCA.crt as it was when the cluster was initialised, not the cluster's own certificate.",
                        "Check it: openssl verify -CAfile customerCA.crt ClusterCertificate.crt",
                        "Ask again with its whole content.");
            case XKS_PROXY -> ProxyRefusals.remedy(code, message);
            case SECRET_UNREADABLE ->
                afterFix(
                        "A secret that KMS was to be given can't be had, so KMS was not asked.",
                        "Look at what the detail names, with the credentials of the target: the secret in Secrets Manager, or the"
                                + " file below keystores.secrets.directory.",
                        "Allow secretsmanager:GetSecretValue on it, and kms:Decrypt where a key of your own encrypts it.",
                        "Ask again.");
            case INVALID_REQUEST, OTHER -> afterFix("KMS says: " + message, "Correct what it names, and ask again.");
            case THROTTLED, UNREACHABLE, HELD_BACK, UNCERTAIN, INVALID_STATE ->
                new Remedy(message, List.of("Ask again later."), Retry.LATER, List.of());
        };
    }

    static Remedy afterFix(String cause, String... steps) {
        return new Remedy(cause, List.of(steps), Retry.AFTER_FIX, List.of());
    }
}
