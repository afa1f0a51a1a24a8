package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudhsmv2.model.Cluster;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** What EC2 shows is what the clusters stand in, and what KMS meets. */
class NetworksTest {

    private static final String CLUSTER = "cluster-hsmConnects";

    private final RunningSandbox running = RunningSandbox.fresh();
    private final Ec2Client ec2 = running.client(Ec2Client.builder(), RunningSandbox.ACCOUNT, RunningSandbox.EUROPE);
    private final Cluster cluster = running.client(
                    CloudHsmV2Client.builder(), RunningSandbox.ACCOUNT, RunningSandbox.EUROPE)
            .describeClusters()
            .clusters()
            .getFirst();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void showsTheSubnetsOfAClusterUntilTheyAreDeleted() {
        running.control().cluster(CLUSTER).freeAddresses(3);

        assertThat(cluster.clusterId()).isEqualTo(CLUSTER);
        assertThat(ec2.describeSubnets(
                                call -> call.subnetIds(cluster.subnetMapping().values()))
                        .subnets())
                .hasSize(2)
                .allSatisfy(subnet -> {
                    assertThat(subnet.vpcId()).isEqualTo(cluster.vpcId());
                    assertThat(subnet.availableIpAddressCount()).isEqualTo(3);
                    assertThat(cluster.hsms())
                            .anySatisfy(hsm -> assertThat(hsm.eniIp())
                                    .startsWith(subnet.cidrBlock().replaceFirst("0/24$", "")));
                });
        running.control().cluster(CLUSTER).subnetsExist(false);
        assertThat(ec2.describeSubnets().subnets())
                .hasSize(10)
                .extracting(Subnet::vpcId)
                .doesNotContain(cluster.vpcId());
    }

    @Test
    void showsTheRulesOfItsSecurityGroup() {
        assertThat(group().ipPermissions()).singleElement().satisfies(rule -> {
            assertThat(rule.fromPort()).isEqualTo(2223);
            assertThat(rule.toPort()).isEqualTo(2225);
        });
        running.control().cluster(CLUSTER).portsOpen(false);

        assertThat(group().ipPermissions()).isEmpty();
    }

    private SecurityGroup group() {
        return ec2.describeSecurityGroups(call -> call.groupIds(cluster.securityGroup()))
                .securityGroups()
                .getFirst();
    }
}
