package dev.keystores.keystore;

import static dev.keystores.keystore.Remedy.CONNECT;
import static dev.keystores.keystore.Remedy.DISCONNECT;
import static dev.keystores.keystore.Remedy.REPAIR;
import static dev.keystores.keystore.Remedy.afterFix;
import static dev.keystores.keystore.Remedy.later;
import static dev.keystores.keystore.Remedy.neverWithoutNew;

/** What cures the failures of a cluster and its network (KMS Developer Guide, fix-keystore). */
final class ClusterRemedies {

    static final String SHOW_CLUSTER = "aws cloudhsmv2 describe-clusters --filters clusterIds=${CLUSTER:?}";

    private static final String FIND_BACKUP =
            "Find the newest backup, because it holds the kmsuser password that KMS knows: "
                    + "aws cloudhsmv2 describe-backups --filters clusterIds=${CLUSTER:?},states=READY"
                    + " --query 'max_by(Backups, &CreateTimestamp)'";
    private static final String CREATE_CLUSTER =
            "Create a cluster from it in private subnets of two Availability Zones: "
                    + "aws cloudhsmv2 create-cluster --hsm-type ${HSM_TYPE:?} --subnet-ids ${SUBNET:?} ${OTHER_SUBNET:?}"
                    + " --source-backup-id ${BACKUP:?}";
    private static final String CREATE_HSMS =
            "Create an HSM in each of these zones, because KMS moves only to a cluster with two: "
                    + "aws cloudhsmv2 create-hsm --cluster-id ${NEW_CLUSTER:?} --availability-zone ${ZONE:?}";
    private static final String AWAIT_CLUSTER = "Wait until the cluster and both HSMs are ACTIVE: "
            + "aws cloudhsmv2 describe-clusters --filters clusterIds=${NEW_CLUSTER:?}";
    private static final String UPDATE_CLUSTER = "Tell KMS the new cluster: "
            + "aws kms update-custom-key-store --custom-key-store-id ${ID:?} --cloud-hsm-cluster-id ${NEW_CLUSTER:?}";

    static final Remedy NETWORK_ERRORS = later(
            "KMS didn't get through to the cluster's HSMs over the network. That usually passes.",
            "Wait a few minutes and, the first time, go straight to the repair.",
            "If it came back, look up the cluster's security group and subnets: " + SHOW_CLUSTER,
            "Check that the security group lets TCP 2223-2225 in from itself and out to itself: "
                    + "aws ec2 describe-security-groups --group-ids ${SECURITY_GROUP:?}",
            "Check for each subnet that its network ACL lets the same ports through: "
                    + "aws ec2 describe-network-acls --filters Name=association.subnet-id,Values=${SUBNET:?}",
            REPAIR);

    static final Remedy CLUSTER_NOT_FOUND = neverWithoutNew(
            "cloudHsmClusterId",
            "KMS finds no cluster with the id it was given. The cluster was deleted, or the id is wrong.",
            "Look for the right cluster in the key store's account and Region: aws cloudhsmv2 describe-clusters",
            "If it is there, shares the old one's backups and has two active HSMs, set NEW_CLUSTER to its id and go straight"
                    + " to the disconnect.",
            FIND_BACKUP,
            CREATE_CLUSTER,
            CREATE_HSMS,
            AWAIT_CLUSTER,
            DISCONNECT,
            UPDATE_CLUSTER,
            CONNECT);

    static final Remedy INSUFFICIENT_CLOUDHSM_HSMS = afterFix(
            "The cluster has no active HSM. One is enough to connect; to create keys or update the key store it takes two"
                    + " in different Availability Zones.",
            "See which HSMs the cluster has, in which state: " + SHOW_CLUSTER,
            "Create one: aws cloudhsmv2 create-hsm --cluster-id ${CLUSTER:?} --availability-zone ${ZONE:?}",
            "Wait until its State is ACTIVE: " + SHOW_CLUSTER,
            "If the new one comes up DEGRADED it doesn't heal, so delete it and create another: "
                    + "aws cloudhsmv2 delete-hsm --cluster-id ${CLUSTER:?} --hsm-id ${HSM:?}",
            REPAIR);

    static final Remedy INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET = afterFix(
            "A subnet of the cluster has no free IP address left for KMS, which needs one in each of them, better two.",
            "Look up the cluster's subnets under SubnetMapping: " + SHOW_CLUSTER,
            "See which of them is full: aws ec2 describe-subnets --subnet-ids ${SUBNET:?} ${OTHER_SUBNET:?}"
                    + " --query 'Subnets[].[SubnetId,AvailableIpAddressCount]'",
            "See what takes the addresses there: "
                    + "aws ec2 describe-network-interfaces --filters Name=subnet-id,Values=${SUBNET:?}",
            "Remove what nobody uses, then go straight to the repair: "
                    + "aws ec2 delete-network-interface --network-interface-id ${INTERFACE:?}",
            "If nothing can go, move to a cluster in roomier subnets with the next steps, as a subnet can't grow.",
            FIND_BACKUP,
            CREATE_CLUSTER,
            CREATE_HSMS,
            AWAIT_CLUSTER,
            DISCONNECT,
            UPDATE_CLUSTER,
            REPAIR);

    static final Remedy SUBNET_NOT_FOUND = neverWithoutNew(
            "cloudHsmClusterId",
            "A subnet of the cluster was deleted. A cluster's subnets can't be changed, so it takes a new cluster.",
            "Choose or create private subnets in two Availability Zones, each with a few free addresses: "
                    + "aws ec2 describe-subnets --filters Name=vpc-id,Values=${VPC:?}",
            FIND_BACKUP,
            CREATE_CLUSTER,
            CREATE_HSMS,
            AWAIT_CLUSTER,
            DISCONNECT,
            UPDATE_CLUSTER,
            CONNECT);

    private ClusterRemedies() {}
}
