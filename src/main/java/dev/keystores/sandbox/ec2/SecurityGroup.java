package dev.keystores.sandbox.ec2;

import java.util.List;

/** A security group with its rules, those of traffic in and those of traffic out. */
public record SecurityGroup(String id, String name, String vpcId, List<Rule> ingress, List<Rule> egress) {

    /**
     * A rule that permits.
     *
     * @param protocol {@code tcp}, {@code udp}, or {@code -1} for all
     * @param peer the id of a security group
     */
    public record Rule(String protocol, int fromPort, int toPort, String peer) {

        boolean allTraffic() {
            return protocol.equals("-1");
        }

        private boolean permits(int from, int to, String group) {
            return peer.equals(group) && (allTraffic() || protocol.equals("tcp") && fromPort <= from && toPort >= to);
        }
    }

    public SecurityGroup {
        ingress = List.copyOf(ingress);
        egress = List.copyOf(egress);
    }

    /** A group whose members may reach each other on these ports of TCP, both ways. */
    public static SecurityGroup amongItself(String id, String name, String vpcId, int from, int to) {
        List<Rule> rules = List.of(new Rule("tcp", from, to, id));
        return new SecurityGroup(id, name, vpcId, rules, rules);
    }

    /** The same group after somebody has taken its rules away. */
    public SecurityGroup closed() {
        return new SecurityGroup(id, name, vpcId, List.of(), List.of());
    }

    public boolean isOpenToItself(int from, int to) {
        return ingress.stream().anyMatch(rule -> rule.permits(from, to, id))
                && egress.stream().anyMatch(rule -> rule.permits(from, to, id));
    }
}
