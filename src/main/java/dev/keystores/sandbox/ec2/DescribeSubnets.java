package dev.keystores.sandbox.ec2;

import dev.keystores.sandbox.wire.Parameters;
import dev.keystores.sandbox.wire.Scope;
import dev.keystores.sandbox.wire.Xml;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** EC2 API Reference, DescribeSubnets. */
record DescribeSubnets(Networks networks) implements Operation {

    private static final Named<Subnet> NAMED =
            new Named<>(Subnet::id, "InvalidSubnetID.NotFound", "The subnet ID '%s' does not exist");
    private static final Filters<Subnet> FILTERS = new Filters<>(Map.of(
            "subnet-id", Subnet::id,
            "vpc-id", Subnet::vpcId,
            "availability-zone", Subnet::availabilityZone,
            "availabilityZone", Subnet::availabilityZone));
    private static final int SMALLEST_PAGE = 5;

    @Override
    public Consumer<Xml> answer(Scope scope, Parameters parameters) {
        List<Subnet> wanted = NAMED.among(networks.subnets(scope), parameters.texts("SubnetId"));
        Page<Subnet> page = Page.of(FILTERS.fitting(wanted, parameters), Subnet::id, SMALLEST_PAGE, parameters);
        return page.token()
                .andThen(xml -> xml.items("subnetSet", page.items(), (item, one) -> write(item, one, scope)));
    }

    private static void write(Xml xml, Subnet subnet, Scope scope) {
        xml.text("subnetId", subnet.id())
                .text("subnetArn", Arn.of(scope, "ec2", "subnet/" + subnet.id()))
                .text("state", "available")
                .text("ownerId", scope.account())
                .text("vpcId", subnet.vpcId())
                .text("cidrBlock", subnet.cidrBlock())
                .text("availableIpAddressCount", subnet.freeAddresses())
                .text("availabilityZone", subnet.availabilityZone())
                .text("defaultForAz", false)
                .text("mapPublicIpOnLaunch", false);
    }
}
