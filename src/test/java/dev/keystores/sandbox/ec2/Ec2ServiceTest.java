package dev.keystores.sandbox.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.wire.AwsQuery;
import dev.keystores.sandbox.wire.Listener;
import dev.keystores.sandbox.wire.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AllowedPrincipal;
import software.amazon.awssdk.services.ec2.model.DnsNameState;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.PrincipalType;
import software.amazon.awssdk.services.ec2.model.ServiceConfiguration;
import software.amazon.awssdk.services.ec2.model.ServiceState;
import software.amazon.awssdk.services.ec2.model.ServiceType;
import software.amazon.awssdk.services.ec2.model.ServiceTypeDetail;
import software.amazon.awssdk.services.ec2.model.SubnetState;

class Ec2ServiceTest {

    private static final String ACCOUNT = "111122223333";
    private static final String SERVICE = "vpce-svc-0a1b2c3d4e5f60718";
    private static final String GATEWAY = "vpce-svc-0a1b2c3d4e5f60719";

    private static Listener listener;
    private static Ec2Client ec2;

    @BeforeAll
    static void listen() throws IOException {
        listener = Listener.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new AwsQuery(List.of(new Ec2Service(new OneNetwork())), (key, token) -> Optional.empty()));
        ec2 = client("eu-central-1");
    }

    @AfterAll
    static void stop() {
        ec2.close();
        listener.close();
    }

    @Test
    void describesASubnet() {
        var subnets = ec2.describeSubnets(call -> call.subnetIds("subnet-b")).subnets();

        assertThat(subnets).singleElement().satisfies(subnet -> {
            assertThat(subnet.subnetId()).isEqualTo("subnet-b");
            assertThat(subnet.vpcId()).isEqualTo("vpc-1");
            assertThat(subnet.availabilityZone()).isEqualTo("eu-central-1b");
            assertThat(subnet.availableIpAddressCount()).isZero();
            assertThat(subnet.cidrBlock()).matches("10\\.0\\.\\d{1,3}\\.0/24");
            assertThat(subnet.state()).isEqualTo(SubnetState.AVAILABLE);
            assertThat(subnet.ownerId()).isEqualTo(ACCOUNT);
            assertThat(subnet.subnetArn()).isEqualTo("arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-b");
        });
    }

    @Test
    void knowsOnlyWhatTheAccountHasInTheRegion() {
        try (Ec2Client elsewhere = client("us-east-1")) {
            assertThat(elsewhere.describeSubnets().subnets()).isEmpty();
            refused(
                    () -> elsewhere.describeSubnets(call -> call.subnetIds("subnet-a")),
                    "InvalidSubnetID.NotFound",
                    "'subnet-a' does not exist");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "subnet-id,         subnet-a,      subnet-a",
        "subnet-id,         subnet-?,      subnet-a subnet-b subnet-c subnet-d subnet-e subnet-f",
        "vpc-id,            vpc-2,         subnet-f",
        "vpc-id,            vpc*2,         subnet-f",
        "vpc-id,            vpc-\\?,       ''",
        "vpc-id,            vpc,           ''",
        "availability-zone, eu-central-1b, subnet-b subnet-e"
    })
    void filtersSubnets(String filter, String value, String found) {
        var subnets = ec2.describeSubnets(call -> call.filters(filter(filter, value, "nothing")))
                .subnets();

        assertThat(subnets)
                .extracting(software.amazon.awssdk.services.ec2.model.Subnet::subnetId)
                .containsExactly(found.isEmpty() ? new String[0] : found.split(" "));
    }

    @Test
    void takesAllFiltersTogether() {
        var both = List.of(filter("vpc-id", "vpc-1"), filter("availability-zone", "eu-central-1c"));

        assertThat(ec2.describeSubnets(call -> call.filters(both)).subnets()).hasSize(1);
    }

    @Test
    void refusesAFilterItDoesNotKnow() {
        Filter unknown = filter("cidr-block", "10.0.0.0/24");

        refused(() -> ec2.describeSubnets(call -> call.filters(unknown)), "InvalidParameterValue", "cidr-block");
        refused(() -> ec2.describeSecurityGroups(call -> call.filters(unknown)), "InvalidParameterValue", "cidr-block");
        refused(
                () -> ec2.describeVpcEndpointServiceConfigurations(call -> call.filters(unknown)),
                "InvalidParameterValue",
                "cidr-block");
    }

    @Test
    void showsAllPages() {
        List<Integer> sizes = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        ec2.describeSubnetsPaginator(call -> call.maxResults(5)).forEach(page -> {
            sizes.add(page.subnets().size());
            page.subnets().forEach(subnet -> ids.add(subnet.subnetId()));
        });

        assertThat(sizes).containsExactly(5, 1);
        assertThat(ids).containsExactly("subnet-a", "subnet-b", "subnet-c", "subnet-d", "subnet-e", "subnet-f");
        assertThat(ec2.describeSubnets().nextToken()).isNull();
        refused(() -> ec2.describeSubnets(call -> call.maxResults(4)), "InvalidParameterValue", "maxResults");
        refused(() -> ec2.describeSubnets(call -> call.nextToken("{}")), "InvalidNextToken", "token");
    }

    @Test
    void describesASecurityGroupWithItsRules() {
        var group = ec2.describeSecurityGroups(call -> call.groupIds("sg-1"))
                .securityGroups()
                .getFirst();

        assertThat(group.groupName()).isEqualTo("cloudhsm-cluster-1-sg");
        assertThat(group.vpcId()).isEqualTo("vpc-1");
        assertThat(group.ownerId()).isEqualTo(ACCOUNT);
        assertThat(group.ipPermissions()).containsExactlyElementsOf(group.ipPermissionsEgress());
        IpPermission rule = group.ipPermissions().getFirst();
        assertThat(rule.ipProtocol()).isEqualTo("tcp");
        assertThat(rule.fromPort()).isEqualTo(2223);
        assertThat(rule.toPort()).isEqualTo(2225);
        assertThat(rule.ipRanges()).isEmpty();
        assertThat(rule.userIdGroupPairs()).singleElement().satisfies(pair -> {
            assertThat(pair.groupId()).isEqualTo("sg-1");
            assertThat(pair.userId()).isEqualTo(ACCOUNT);
        });
    }

    @Test
    void showsNoPortsOfARuleForAllTraffic() {
        var group = ec2.describeSecurityGroups(call -> call.groupNames("open & \"wide\""))
                .securityGroups()
                .getFirst();

        assertThat(group.groupId()).isEqualTo("sg-2");
        assertThat(group.ipPermissions()).isEmpty();
        assertThat(group.ipPermissionsEgress()).singleElement().satisfies(rule -> {
            assertThat(rule.ipProtocol()).isEqualTo("-1");
            assertThat(rule.fromPort()).isNull();
            assertThat(rule.toPort()).isNull();
        });
    }

    @Test
    void findsSecurityGroupsByFilterAndRefusesThoseThatAreNot() {
        Filter byName = filter("group-name", "cloudhsm-*");
        assertThat(ec2.describeSecurityGroups(call -> call.filters(byName)).securityGroups())
                .hasSize(1);
        Filter byId = filter("group-id", "sg-1", "sg-2");
        assertThat(ec2.describeSecurityGroups(call -> call.filters(byId)).securityGroups())
                .hasSize(2);

        refused(() -> ec2.describeSecurityGroups(call -> call.groupIds("sg-9")), "InvalidGroup.NotFound", "sg-9");
        refused(() -> ec2.describeSecurityGroups(call -> call.groupNames("x")), "InvalidGroup.NotFound", "'x'");
    }

    @Test
    void describesAnEndpointService() {
        ServiceConfiguration service = service(SERVICE);

        assertThat(service.serviceName()).isEqualTo("com.amazonaws.vpce.eu-central-1." + SERVICE);
        assertThat(service.serviceState()).isEqualTo(ServiceState.AVAILABLE);
        assertThat(service.serviceType())
                .extracting(ServiceTypeDetail::serviceType)
                .containsExactly(ServiceType.INTERFACE);
        assertThat(service.networkLoadBalancerArns())
                .singleElement()
                .asString()
                .startsWith("arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/");
        assertThat(service.gatewayLoadBalancerArns()).isEmpty();
        assertThat(service.availabilityZones()).containsExactly("eu-central-1a", "eu-central-1b");
        assertThat(service.acceptanceRequired()).isFalse();
        assertThat(service.privateDnsName()).isEqualTo("proxy.example.com");
        assertThat(service.privateDnsNameConfiguration().state()).isEqualTo(DnsNameState.PENDING_VERIFICATION);
        assertThat(service.supportedIpAddressTypesAsStrings()).containsExactly("ipv4");
    }

    @Test
    void describesAnEndpointServiceBehindAGateway() {
        ServiceConfiguration service = service(GATEWAY);

        assertThat(service.serviceType())
                .extracting(ServiceTypeDetail::serviceType)
                .containsExactly(ServiceType.GATEWAY_LOAD_BALANCER);
        assertThat(service.networkLoadBalancerArns()).isEmpty();
        assertThat(service.gatewayLoadBalancerArns()).hasSize(1);
        assertThat(service.acceptanceRequired()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "service-name,  com.amazonaws.vpce.eu-central-1.vpce-svc-0a1b2c3d4e5f60718, 1",
        "service-id,    vpce-svc-0a1b2c3d4e5f60719, 1",
        "service-state, Available, 2",
        "service-state, Failed, 0"
    })
    void filtersEndpointServices(String filter, String value, int found) {
        var answer = ec2.describeVpcEndpointServiceConfigurations(call -> call.filters(filter(filter, value)));

        assertThat(answer.serviceConfigurations()).hasSize(found);
    }

    @Test
    void tellsWhoMayMakeAnEndpoint() {
        var principals = ec2.describeVpcEndpointServicePermissions(call -> call.serviceId(SERVICE))
                .allowedPrincipals();

        assertThat(principals)
                .extracting(AllowedPrincipal::principal, AllowedPrincipal::principalType)
                .containsExactlyInAnyOrder(
                        tuple("*", PrincipalType.ALL),
                        tuple("cks.kms.eu-central-1.amazonaws.com", PrincipalType.SERVICE),
                        tuple("arn:aws:iam::444455556666:root", PrincipalType.ACCOUNT),
                        tuple("arn:aws:iam::444455556666:role/teams/r", PrincipalType.ROLE),
                        tuple("arn:aws:iam::444455556666:user/u", PrincipalType.USER));
        assertThat(principals).allSatisfy(principal -> {
            assertThat(principal.serviceId()).isEqualTo(SERVICE);
            assertThat(principal.servicePermissionId()).matches("vpce-svc-perm-[0-9a-f]{17}");
        });
        assertThat(ec2.describeVpcEndpointServicePermissionsPaginator(
                                call -> call.serviceId(SERVICE).maxResults(2))
                        .allowedPrincipals())
                .hasSize(5);
        assertThat(ec2.describeVpcEndpointServicePermissions(
                                call -> call.serviceId(SERVICE).filters(filter("principal-type", "Role")))
                        .allowedPrincipals())
                .hasSize(1);
    }

    @Test
    void refusesServicesThatAreNot() {
        refused(
                () -> ec2.describeVpcEndpointServiceConfigurations(call -> call.serviceIds("vpce-svc-0")),
                "InvalidVpcEndpointServiceId.NotFound",
                "vpce-svc-0");
        refused(
                () -> ec2.describeVpcEndpointServicePermissions(call -> call.serviceId("vpce-svc-0")),
                "InvalidVpcEndpointServiceId.NotFound",
                "vpce-svc-0");
        refused(() -> ec2.describeVpcEndpointServicePermissions(call -> {}), "MissingParameter", "ServiceId");
    }

    @Test
    void takesNoDryRunForACall() {
        refused(() -> ec2.describeSubnets(call -> call.dryRun(true)), "DryRunOperation", "DryRun");
    }

    @Test
    void answersErrorsInTheShapeOfEc2() {
        assertThat(post("Action=DescribeSubnets&Version=2016-11-15", null).body())
                .contains("<Response><Errors><Error><Code>MissingAuthenticationToken</Code><Message>")
                .contains("</Message></Error></Errors><RequestID>");
        assertThat(post("Action=RunInstances&Version=2016-11-15", "eu-central-1")
                        .body())
                .contains("<Code>InvalidAction</Code>");
        assertThat(post("Action=DescribeSubnets&Version=2011-01-01", "eu-central-1")
                        .body())
                .contains("<Code>NoSuchVersion</Code>");
        assertThat(post("Action=DescribeSubnets&Version=2016-11-15&MaxResults=five", "eu-central-1")
                        .body())
                .contains("<Code>InvalidParameterValue</Code>");
        var wrongRegion = post("Action=DescribeSubnets&Version=2016-11-15", "EU!");
        assertThat(wrongRegion.body()).contains("<Code>AuthFailure</Code>");
        assertThat(wrongRegion.statusCode()).isEqualTo(401);
    }

    private static ServiceConfiguration service(String id) {
        return ec2.describeVpcEndpointServiceConfigurations(call -> call.serviceIds(id))
                .serviceConfigurations()
                .getFirst();
    }

    private static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private static void refused(ThrowingCallable call, String code, String text) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, refusal -> {
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(refusal.awsErrorDetails().errorMessage()).contains(text);
            assertThat(refusal.requestId()).isNotBlank();
        });
    }

    private static HttpResponse<String> post(String form, @org.jspecify.annotations.Nullable String region) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (region != null) {
            request.header(
                    "Authorization", "AWS4-HMAC-SHA256 Credential=me/20260301/%s/ec2/aws4_request".formatted(region));
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Ec2Client client(String region) {
        return Ec2Client.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .endpointOverride(endpoint())
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "any")))
                .build();
    }

    private static URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.port());
    }

    /** What one account has in one Region. */
    private static final class OneNetwork implements Networks {

        private static final Scope HERE = new Scope(ACCOUNT, "eu-central-1");

        @Override
        public List<Subnet> subnets(Scope scope) {
            List<Subnet> subnets = List.of(
                    new Subnet("subnet-f", "vpc-2", "eu-central-1a", true, 200),
                    new Subnet("subnet-a", "vpc-1", "eu-central-1a", true, 200),
                    new Subnet("subnet-b", "vpc-1", "eu-central-1b", true, 0),
                    new Subnet("subnet-c", "vpc-1", "eu-central-1c", true, 200),
                    new Subnet("subnet-d", "vpc-1", "eu-central-1a", true, 200),
                    new Subnet("subnet-e", "vpc-1", "eu-central-1b", true, 200));
            return scope.equals(HERE) ? subnets : List.of();
        }

        @Override
        public List<SecurityGroup> securityGroups(Scope scope) {
            SecurityGroup.Rule all = new SecurityGroup.Rule("-1", 0, 0, "sg-1");
            return List.of(
                    SecurityGroup.amongItself("sg-1", "cloudhsm-cluster-1-sg", "vpc-1", 2223, 2225),
                    new SecurityGroup("sg-2", "open & \"wide\"", "vpc-1", List.of(), List.of(all)));
        }

        @Override
        public List<EndpointService> endpointServices(Scope scope) {
            return List.of(
                    service(SERVICE, EndpointService.LoadBalancer.NETWORK),
                    service(GATEWAY, EndpointService.LoadBalancer.GATEWAY));
        }

        private static EndpointService service(String id, EndpointService.LoadBalancer loadBalancer) {
            return new EndpointService(
                    "com.amazonaws.vpce.eu-central-1." + id,
                    ACCOUNT,
                    "proxy.example.com",
                    EndpointService.NameState.PENDING_VERIFICATION,
                    loadBalancer == EndpointService.LoadBalancer.GATEWAY,
                    loadBalancer,
                    List.of("eu-central-1a", "eu-central-1b"),
                    List.of(
                            "*",
                            "cks.kms.eu-central-1.amazonaws.com",
                            "arn:aws:iam::444455556666:root",
                            "arn:aws:iam::444455556666:role/teams/r",
                            "arn:aws:iam::444455556666:user/u"));
        }
    }
}
