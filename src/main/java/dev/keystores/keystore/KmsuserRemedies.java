package dev.keystores.keystore;

import static dev.keystores.keystore.ClusterRemedies.SHOW_CLUSTER;
import static dev.keystores.keystore.Remedy.CONNECT;
import static dev.keystores.keystore.Remedy.DISCONNECT;
import static dev.keystores.keystore.Remedy.REPAIR;
import static dev.keystores.keystore.Remedy.afterFix;
import static dev.keystores.keystore.Remedy.neverWithoutNew;

/** What cures the failures of {@code kmsuser}, as whom KMS logs in to a cluster (KMS Developer Guide, fix-keystore). */
final class KmsuserRemedies {

    private static final String LOG_IN =
            "Start cloudhsm-cli interactive and log in to the cluster as an admin, by that admin's name: "
                    + "login --username admin --role admin";
    private static final String CHANGE_PASSWORD =
            "Give kmsuser a new password of 7 to 32 letters and digits, which unlocks it too: "
                    + "user change-password --username kmsuser --role crypto-user";
    private static final String CHECK_HSMS_FOR_UPDATE =
            "Check that two HSMs in different Availability Zones are ACTIVE, because KMS takes no update with fewer: "
                    + SHOW_CLUSTER;
    private static final String READ_PASSWORD =
            "Read that password into the shell without leaving it in the history: " + "read -rs PASSWORD";
    private static final String UPDATE_PASSWORD = "Tell KMS this password, which changes nothing in the cluster: "
            + "aws kms update-custom-key-store --custom-key-store-id ${ID:?} --key-store-password \"${PASSWORD:?}\"";

    static final Remedy INVALID_CREDENTIALS = neverWithoutNew(
            "keyStorePassword",
            "KMS holds another password for kmsuser than the cluster does. Somebody changed it while the key store was"
                    + " disconnected, or the cluster was restored from an older backup. Don't just try again: five wrong"
                    + " log-ins lock kmsuser.",
            DISCONNECT,
            LOG_IN,
            CHANGE_PASSWORD,
            CHECK_HSMS_FOR_UPDATE,
            READ_PASSWORD,
            UPDATE_PASSWORD,
            CONNECT);

    static final Remedy USER_LOCKED_OUT = neverWithoutNew(
            "keyStorePassword",
            "The cluster has locked kmsuser after too many log-ins with a wrong password. No further try can succeed until"
                    + " an admin gives it a new one.",
            DISCONNECT,
            LOG_IN,
            CHANGE_PASSWORD,
            CHECK_HSMS_FOR_UPDATE,
            READ_PASSWORD,
            UPDATE_PASSWORD,
            CONNECT);

    static final Remedy USER_LOGGED_IN = afterFix(
            "Somebody is logged in to the cluster as kmsuser, so KMS can't change its password, as each connect does.",
            "Find every person, script and application that is logged in as kmsuser.",
            "Log out in each CloudHSM CLI: logout",
            "Log out in each key_mgmt_util still in use: logoutHSM",
            "If kmsuser's password was changed to get in, tell KMS with the next steps; else go straight to the repair.",
            DISCONNECT,
            CHECK_HSMS_FOR_UPDATE,
            READ_PASSWORD,
            UPDATE_PASSWORD,
            REPAIR);

    static final Remedy USER_NOT_FOUND = neverWithoutNew(
            "keyStorePassword",
            "The cluster has no crypto user kmsuser, or has it on some of its HSMs only.",
            DISCONNECT,
            LOG_IN,
            "See whether kmsuser is there: user list",
            "If it is not, create it with a password of 7 to 32 letters and digits, and never with MFA: "
                    + "user create --username kmsuser --role crypto-user",
            "If its cluster-coverage is inconsistent, some HSMs lack it; ask AWS Support to bring it there, and don't delete it,"
                    + " because it owns the keys of KMS.",
            "Check that its cluster-coverage is full now: user list",
            CHECK_HSMS_FOR_UPDATE,
            READ_PASSWORD,
            UPDATE_PASSWORD,
            CONNECT);

    private KmsuserRemedies() {}
}
