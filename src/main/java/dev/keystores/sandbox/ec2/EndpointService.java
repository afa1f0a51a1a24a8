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
        require(name, "name", "(com|eu)\\.amazonaws\\.vpce\\.[a-z0-9-]+\\.vpce-svc-[0-9a-z]{1,32}");
        require(privateDnsName, "privateDnsName", "[a-z0-9-]+(\\.[a-z0-9-]+)+");
        zones.forEach(zone -> require(zone, "zones", "[a-z]+(-[a-z0-9]+)+"));
        principals.forEach(principal ->
                require(principal, "principals", "\\*|arn:[a-z-]+:iam::\\d{12}:(root|role/.+|user/.+)|[a-z0-9.-]+"));
    }

    private static void require(String value, String member, String shape) {
        if (!value.matches(shape)) {
            throw new IllegalArgumentException("%s: %s must match %s".formatted(member, value, shape));
        }
    }

    public EndpointService withPrivateDnsName(String changed) {
        return new EndpointService(
                name, owner, changed, nameState, acceptanceRequired, loadBalancer, zones, principals);
    }

    public EndpointService withNameState(NameState changed) {
        return new EndpointService(
                name, owner, privateDnsName, changed, acceptanceRequired, loadBalancer, zones, principals);
    }

    public EndpointService withAcceptanceRequired(boolean changed) {
        return new EndpointService(name, owner, privateDnsName, nameState, changed, loadBalancer, zones, principals);
    }

    public EndpointService withLoadBalancer(LoadBalancer changed) {
        return new EndpointService(
                name, owner, privateDnsName, nameState, acceptanceRequired, changed, zones, principals);
    }

    public EndpointService withZones(List<String> changed) {
        return new EndpointService(
                name, owner, privateDnsName, nameState, acceptanceRequired, loadBalancer, changed, principals);
    }

    public EndpointService withPrincipals(List<String> changed) {
        return new EndpointService(
                name, owner, privateDnsName, nameState, acceptanceRequired, loadBalancer, zones, changed);
    }

    /** {@code vpce-svc-...} */
    public String id() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    public boolean permits(String principal) {
        return principals.contains("*") || principals.contains(principal);
    }
}
