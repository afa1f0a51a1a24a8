package dev.keystores.sandbox.ec2;

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

    /** One of 256, told by the id alone: nothing here depends on it. */
    String cidrBlock() {
        return "10.0.%d.0/24".formatted(Math.floorMod(id.hashCode(), 256));
    }

    public boolean hasRoom() {
        return freeAddresses > 0;
    }
}
