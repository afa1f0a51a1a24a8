package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.cloudhsm.ClusterNetwork;
import dev.keystores.sandbox.ec2.EndpointService;
import dev.keystores.sandbox.ec2.Networks;
import dev.keystores.sandbox.ec2.SecurityGroup;
import dev.keystores.sandbox.ec2.Subnet;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Scope;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** What EC2 has of it: the networks of the clusters that exist, and the VPC endpoint services. */
public record NetworksOfWorlds(Worlds worlds, Clock clock) implements Networks {

    @Override
    public List<Subnet> subnets(Scope scope) {
        return networks(scope)
                .flatMap(network -> network.subnets().stream())
                .filter(Subnet::exists)
                .toList();
    }

    @Override
    public List<SecurityGroup> securityGroups(Scope scope) {
        return networks(scope).map(ClusterNetwork::group).toList();
    }

    @Override
    public List<EndpointService> endpointServices(Scope scope) {
        return List.copyOf(now(scope).services().values());
    }

    private Stream<ClusterNetwork> networks(Scope scope) {
        return now(scope).clusters().values().stream().map(Cluster::network);
    }

    private WorldState now(Scope scope) {
        return worlds.in(scope).at(clock.instant());
    }
}
