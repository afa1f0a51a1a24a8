package dev.keystores.sandbox.cloudhsm;

import dev.keystores.sandbox.wire.Limit;

/** The members of the requests and the limits the CloudHSM API model sets on them. */
final class Requests {

    static final Limit CLUSTER_ID = Limit.shape("ClusterId", 19, 24, "cluster-[2-7a-zA-Z]{11,16}");
    static final Limit ZONE = Limit.shape(
            "AvailabilityZone",
            1,
            Integer.MAX_VALUE,
            "[a-z]{2}(-(gov))?-(east|west|north|south|central){1,2}-\\d[a-z]");
    static final Limit IP_ADDRESS = address("IpAddress");
    static final Limit HSM_ID = Limit.shape("HsmId", 15, 20, "hsm-[2-7a-zA-Z]{11,16}");
    static final Limit ENI_ID = Limit.shape("EniId", 12, 21, "eni-[0-9a-fA-F]{8,17}");
    static final Limit ENI_IP = address("EniIp");
    static final Limit NEXT_TOKEN = Limit.length("NextToken", 0, 256);

    private Requests() {}

    private static Limit address(String member) {
        return Limit.shape(member, 7, 15, "\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
