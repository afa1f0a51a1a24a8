package dev.keystores.journey;

import static dev.keystores.journey.Cause.Backing.CLUSTER;
import static dev.keystores.keystore.ConnectionErrorCode.CLUSTER_NOT_FOUND;
import static dev.keystores.keystore.ConnectionErrorCode.INSUFFICIENT_CLOUDHSM_HSMS;
import static dev.keystores.keystore.ConnectionErrorCode.INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET;
import static dev.keystores.keystore.ConnectionErrorCode.INTERNAL_ERROR;
import static dev.keystores.keystore.ConnectionErrorCode.INVALID_CREDENTIALS;
import static dev.keystores.keystore.ConnectionErrorCode.NETWORK_ERRORS;
import static dev.keystores.keystore.ConnectionErrorCode.SUBNET_NOT_FOUND;
import static dev.keystores.keystore.ConnectionErrorCode.USER_LOCKED_OUT;
import static dev.keystores.keystore.ConnectionErrorCode.USER_LOGGED_IN;
import static dev.keystores.keystore.ConnectionErrorCode.USER_NOT_FOUND;

import dev.keystores.keystore.ConnectionErrorCode;
import java.util.List;

/** What goes wrong between KMS and a CloudHSM cluster. */
final class ClusterCauses {

    private static final int WRONG_LOG_INS_THAT_LOCK = 5;

    private static final Cause.Deed RESTORED = operator -> operator.cluster().restore();
    private static final Cause.Update NEW_CLUSTER =
            (call, operator) -> call.cloudHsmClusterId(operator.cluster().newId());
    private static final Cause.Update NEW_PASSWORD = (call, operator) -> call.keyStorePassword("setByAnAdmin2");
    private static final Cause.Deed PASSWORD_CHANGED = is("kmsuserPassword", "changedByHand1");
    private static final Cause.Deed PASSWORD_CHANGED_AGAIN = is("kmsuserPassword", "setByAnAdmin2");

    private ClusterCauses() {}

    static List<Cause> all() {
        return List.of(
                cause(
                        CLUSTER_NOT_FOUND,
                        "the cluster is deleted",
                        operator -> operator.cluster().delete(),
                        RESTORED,
                        NEW_CLUSTER),
                cause(
                        INSUFFICIENT_CLOUDHSM_HSMS,
                        "all HSMs are deleted",
                        operator -> operator.cluster().deleteHsms(),
                        operator -> operator.cluster().createHsm()),
                cause(NETWORK_ERRORS, "the security group is closed", is("portsOpen", false), is("portsOpen", true)),
                cause(SUBNET_NOT_FOUND, "the subnets are deleted", is("subnetsExist", false), RESTORED, NEW_CLUSTER),
                cause(
                        INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET,
                        "the subnets are full",
                        is("freeAddresses", 0),
                        is("freeAddresses", 2)),
                cause(
                        INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET,
                        "the subnets are full for good",
                        is("freeAddresses", 0),
                        RESTORED,
                        NEW_CLUSTER),
                cause(
                        INVALID_CREDENTIALS,
                        "kmsuser has another password",
                        PASSWORD_CHANGED,
                        PASSWORD_CHANGED_AGAIN,
                        NEW_PASSWORD),
                cause(
                        USER_LOCKED_OUT,
                        "a tool went on with a wrong password",
                        ClusterCauses::wrongLogIns,
                        PASSWORD_CHANGED_AGAIN,
                        NEW_PASSWORD),
                cause(
                        USER_NOT_FOUND,
                        "kmsuser is missing",
                        is("kmsuserExists", false),
                        operator -> {
                            is("kmsuserExists", true).by(operator);
                            PASSWORD_CHANGED_AGAIN.by(operator);
                        },
                        NEW_PASSWORD),
                cause(
                        USER_NOT_FOUND,
                        "kmsuser is on some HSMs only",
                        is("kmsuserEverywhere", false),
                        operator -> {
                            is("kmsuserEverywhere", true).by(operator);
                            PASSWORD_CHANGED_AGAIN.by(operator);
                        },
                        NEW_PASSWORD),
                cause(
                        USER_LOGGED_IN,
                        "a person is logged in as kmsuser",
                        is("kmsuserLoggedIn", true),
                        is("kmsuserLoggedIn", false)),
                cause(
                        INTERNAL_ERROR,
                        "the HSMs take no further session",
                        is("freeSessions", 0),
                        is("freeSessions", 1)));
    }

    private static Cause cause(ConnectionErrorCode code, String words, Cause.Deed happens, Cause.Deed righted) {
        return new Cause(code, CLUSTER, words, happens, righted);
    }

    private static Cause cause(
            ConnectionErrorCode code, String words, Cause.Deed happens, Cause.Deed righted, Cause.Update told) {
        return new Cause(code, CLUSTER, words, happens, righted, told);
    }

    private static Cause.Deed is(String property, Object value) {
        return operator -> operator.cluster().change(property, value);
    }

    private static void wrongLogIns(Operator operator) {
        PASSWORD_CHANGED.by(operator);
        for (int i = 0; i < WRONG_LOG_INS_THAT_LOCK; i++) {
            operator.connectAndDisconnect();
        }
    }
}
