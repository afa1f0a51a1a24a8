package dev.keystores.sandbox.ec2;

import java.util.List;

/**
 * A VPC endpoint service, as somebody offers one in front of an external key store proxy.
 *
 * @param name {@code com.amazonaws.vpce.<region>.vpce-svc-...}
 * @param owner the account
 * @param privateDnsName the host that an external key store's endpoint must name
 * @param zones names of the Availability Zones its load balancer has subnets in
 * @param principals who may make an endpoint to it: service names or ARNs; {@code *} for all
 */
public record EndpointService(
        String name,
        String owner,
        String privateDnsName,
        NameState nameState,
        boolean acceptanceRequired,
        LoadBalancer loadBalancer,
        List<String> zones,
        List<String> principals) {

    /** {@code DnsNameState} of the EC2 model, where it is written in camel case. */
    public enum NameState {
        VERIFIED("verified"),
        PENDING_VERIFICATION("pendingVerification"),
        FAILED("failed");

        private final String wire;

        NameState(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }

    public enum LoadBalancer {
        NETWORK,
        GATEWAY
    }

    public EndpointService {
        zones = List.copyOf(zones);
        principals = List.copyOf(principals);
    }

    /** {@code vpce-svc-...} */
    public String id() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    public boolean permits(String principal) {
        return principals.contains("*") || principals.contains(principal);
    }
}
