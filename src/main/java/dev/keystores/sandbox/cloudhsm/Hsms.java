package dev.keystores.sandbox.cloudhsm;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.keystores.sandbox.ec2.Subnet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The HSMs of a cluster. */
public record Hsms(@JsonValue List<Hsm> all) {

    /** CloudHSM User Guide: as many HSMs as a cluster can have. */
    private static final int LARGEST = 28;

    /** The first addresses of a subnet are AWS's own. */
    private static final int FIRST_HOST = 10;

    @JsonCreator
    public Hsms {
        all = List.copyOf(all);
    }

    /** So many and no other, all ACTIVE, taking turns in the subnets. */
    static Hsms active(String clusterId, List<Subnet> subnets, int count) {
        if (count < 0 || count > LARGEST) {
            throw new IllegalArgumentException("activeHsms: must be between 0 and " + LARGEST);
        }
        return new Hsms(IntStream.range(0, count)
                .mapToObj(number -> active(clusterId, subnets.get(number % subnets.size()), number))
                .toList());
    }

    private static Hsm active(String clusterId, Subnet subnet, int number) {
        String id = "hsm-" + Ids.of(clusterId + "/" + number, 11);
        return Hsm.active(id, subnet.availabilityZone(), subnet.id(), subnet.address(FIRST_HOST + number));
    }

    public int active() {
        return (int) all.stream().filter(Hsm::active).count();
    }

    int activeZones() {
        return (int) all.stream()
                .filter(Hsm::active)
                .map(Hsm::availabilityZone)
                .distinct()
                .count();
    }

    boolean overAt(Instant now) {
        return all.stream().anyMatch(hsm -> hsm.overAt(now));
    }

    List<Hsm> goneAt(Instant now) {
        return all.stream().filter(hsm -> hsm.goneAt(now)).toList();
    }

    Hsms at(Instant now) {
        return new Hsms(all.stream()
                .filter(hsm -> !hsm.goneAt(now))
                .map(hsm -> hsm.at(now))
                .toList());
    }

    boolean uses(String ip) {
        return all.stream().map(Hsm::ip).anyMatch(ip::equals);
    }

    /** There are always fewer HSMs than addresses. */
    String freeAddress(Subnet subnet) {
        return IntStream.iterate(FIRST_HOST, host -> host + 1)
                .mapToObj(subnet::address)
                .filter(ip -> !uses(ip))
                .findFirst()
                .orElseThrow();
    }

    boolean full() {
        return all.size() >= LARGEST;
    }

    Optional<Hsm> find(String id) {
        return all.stream().filter(hsm -> hsm.id().equals(id)).findFirst();
    }

    /** In the place of one with the same id, or as one more. */
    Hsms with(Hsm hsm) {
        List<Hsm> changed = new ArrayList<>(all);
        changed.replaceAll(old -> old.id().equals(hsm.id()) ? hsm : old);
        return new Hsms(
                find(hsm.id()).isPresent()
                        ? changed
                        : Stream.concat(changed.stream(), Stream.of(hsm)).toList());
    }
}
