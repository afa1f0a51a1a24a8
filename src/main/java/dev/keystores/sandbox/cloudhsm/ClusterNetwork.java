package dev.keystores.sandbox.cloudhsm;

import dev.keystores.sandbox.ec2.SecurityGroup;
import dev.keystores.sandbox.ec2.Subnet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where a cluster stands in its VPC.
 *
 * @param attached whether KMS has its network interfaces in the subnets, one in each
 */
public record ClusterNetwork(List<Subnet> subnets, SecurityGroup group, boolean attached) {

    private static final int FIRST_PORT = 2223;
    private static final int LAST_PORT = 2225;
    private static final int ROOM = 250;

    public enum Problem {
        SUBNET_NOT_FOUND,
        NO_FREE_ADDRESS,
        PORTS_CLOSED
    }

    public ClusterNetwork {
        subnets = List.copyOf(subnets);
    }

    /** Two subnets in two Availability Zones, and the group CloudHSM makes for the cluster. */
    static ClusterNetwork of(String clusterId, String region) {
        String vpc = "vpc-" + Ids.hex("vpc of " + clusterId);
        String group = "sg-" + Ids.hex("group of " + clusterId);
        return new ClusterNetwork(
                List.of(subnet(clusterId, vpc, region + "a"), subnet(clusterId, vpc, region + "b")),
                SecurityGroup.amongItself(group, "cloudhsm-" + clusterId + "-sg", vpc, FIRST_PORT, LAST_PORT),
                false);
    }

    private static Subnet subnet(String clusterId, String vpc, String zone) {
        return new Subnet("subnet-" + Ids.hex(clusterId + " in " + zone), vpc, zone, true, ROOM);
    }

    /** What KMS meets when it makes its way to the HSMs. */
    public Optional<Problem> problem() {
        if (!subnets.stream().allMatch(Subnet::exists)) {
            return Optional.of(Problem.SUBNET_NOT_FOUND);
        }
        if (!attached && !subnets.stream().allMatch(Subnet::hasRoom)) {
            return Optional.of(Problem.NO_FREE_ADDRESS);
        }
        return portsOpen() ? Optional.empty() : Optional.of(Problem.PORTS_CLOSED);
    }

    /** CloudHSM's client ports, from the group to itself in both directions. */
    public boolean portsOpen() {
        return group.isOpenToItself(FIRST_PORT, LAST_PORT);
    }

    String vpcId() {
        return group.vpcId();
    }

    int zones() {
        return (int) subnets.stream()
                .filter(Subnet::exists)
                .map(Subnet::availabilityZone)
                .distinct()
                .count();
    }

    /** KMS takes an address in each subnet. */
    ClusterNetwork withKms() {
        return attached ? this : freeing(-1).standing(true);
    }

    ClusterNetwork withoutKms() {
        return attached ? freeing(1).standing(false) : this;
    }

    private ClusterNetwork freeing(int addresses) {
        return eachSubnet(subnet -> subnet.withMoreFreeAddresses(addresses));
    }

    /** The network interface of an HSM has an address. */
    ClusterNetwork withHsmIn(String subnetId) {
        return freeing(subnetId, -1);
    }

    ClusterNetwork withoutHsmIn(String subnetId) {
        return freeing(subnetId, 1);
    }

    private ClusterNetwork freeing(String subnetId, int addresses) {
        return eachSubnet(subnet -> subnet.id().equals(subnetId) ? subnet.withMoreFreeAddresses(addresses) : subnet);
    }

    private ClusterNetwork standing(boolean changed) {
        return new ClusterNetwork(subnets, group, changed);
    }

    public ClusterNetwork eachSubnet(UnaryOperator<Subnet> change) {
        return new ClusterNetwork(subnets.stream().map(change).toList(), group, attached);
    }

    /** The rules of the group taken away, or put back as CloudHSM makes them. */
    public ClusterNetwork withPortsOpen(boolean open) {
        SecurityGroup changed = open
                ? SecurityGroup.amongItself(group.id(), group.name(), group.vpcId(), FIRST_PORT, LAST_PORT)
                : group.closed();
        return new ClusterNetwork(subnets, changed, attached);
    }
}
