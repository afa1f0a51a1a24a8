package dev.keystores.sandbox.ec2;

import java.util.stream.IntStream;

/**
 * A private subnet of a CloudHSM cluster.
 *
 * @param exists false once somebody deleted it, although the cluster still names it
 * @param freeAddresses how many more network interfaces it has room for
 */
public record Subnet(String id, String vpcId, String availabilityZone, boolean exists, int freeAddresses) {

    private static final int LARGEST = 65_536;

    public Subnet {
        if (freeAddresses < 0 || freeAddresses > LARGEST) {
            throw new IllegalArgumentException("freeAddresses: must be between 0 and " + LARGEST);
        }
    }

    public Subnet withExists(boolean changed) {
        return new Subnet(id, vpcId, availabilityZone, changed, freeAddresses);
    }

    public Subnet withFreeAddresses(int changed) {
        return new Subnet(id, vpcId, availabilityZone, exists, changed);
    }

    /** @param number negative where addresses are taken */
    public Subnet withMoreFreeAddresses(int number) {
        return withFreeAddresses(Math.clamp(freeAddresses + number, 0, LARGEST));
    }

    /** One of 256, told by the id alone: nothing but addresses depends on it. */
    String cidrBlock() {
        return address(0) + "/24";
    }

    /** @param host 0 to 255 */
    public String address(int host) {
        return prefix() + host;
    }

    /** Whether somebody can have this address in the subnet; AWS keeps the first four and the last one. */
    public boolean holds(String address) {
        return IntStream.range(4, 255).mapToObj(this::address).anyMatch(address::equals);
    }

    private String prefix() {
        return "10.0.%d.".formatted(Math.floorMod(id.hashCode(), 256));
    }

    public boolean hasRoom() {
        return freeAddresses > 0;
    }
}
