package dev.keystores.sandbox.ec2;

import dev.keystores.sandbox.wire.Parameters;
import dev.keystores.sandbox.wire.Scope;
import dev.keystores.sandbox.wire.Xml;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** EC2 API Reference, DescribeSecurityGroups. */
record DescribeSecurityGroups(Networks networks) implements Operation {

    private static final String NOT_FOUND = "InvalidGroup.NotFound";
    private static final String NO_SUCH_GROUP = "The security group '%s' does not exist";
    private static final Named<SecurityGroup> BY_ID = new Named<>(SecurityGroup::id, NOT_FOUND, NO_SUCH_GROUP);
    private static final Named<SecurityGroup> BY_NAME = new Named<>(SecurityGroup::name, NOT_FOUND, NO_SUCH_GROUP);
    private static final Filters<SecurityGroup> FILTERS = new Filters<>(Map.of(
            "group-id", SecurityGroup::id,
            "group-name", SecurityGroup::name,
            "vpc-id", SecurityGroup::vpcId));
    private static final int SMALLEST_PAGE = 5;

    @Override
    public Consumer<Xml> answer(Scope scope, Parameters parameters) {
        List<SecurityGroup> byId = BY_ID.among(networks.securityGroups(scope), parameters.texts("GroupId"));
        List<SecurityGroup> wanted = BY_NAME.among(byId, parameters.texts("GroupName"));
        Page<SecurityGroup> page =
                Page.of(FILTERS.fitting(wanted, parameters), SecurityGroup::id, SMALLEST_PAGE, parameters);
        return page.token()
                .andThen(xml -> xml.items("securityGroupInfo", page.items(), (item, one) -> write(item, one, scope)));
    }

    private static void write(Xml xml, SecurityGroup group, Scope scope) {
        xml.text("ownerId", scope.account())
                .text("groupId", group.id())
                .text("groupName", group.name())
                .text("groupDescription", group.name())
                .text("securityGroupArn", Arn.of(scope, "ec2", "security-group/" + group.id()))
                .text("vpcId", group.vpcId())
                .items("ipPermissions", group.ingress(), (item, rule) -> write(item, rule, scope))
                .items("ipPermissionsEgress", group.egress(), (item, rule) -> write(item, rule, scope));
    }

    private static void write(Xml xml, SecurityGroup.Rule rule, Scope scope) {
        xml.text("ipProtocol", rule.protocol());
        if (!rule.allTraffic()) {
            xml.text("fromPort", rule.fromPort()).text("toPort", rule.toPort());
        }
        xml.items(
                        "groups",
                        List.of(rule.peer()),
                        (peer, id) -> peer.text("userId", scope.account()).text("groupId", id))
                .items("ipRanges", List.of())
                .items("ipv6Ranges", List.of())
                .items("prefixListIds", List.of());
    }
}
