package dev.keystores.sandbox.ec2;

import dev.keystores.sandbox.wire.Parameters;
import dev.keystores.sandbox.wire.Scope;
import dev.keystores.sandbox.wire.Xml;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** EC2 API Reference, DescribeVpcEndpointServiceConfigurations: the services the account offers itself. */
record DescribeEndpointServices(Networks networks) implements Operation {

    static final Named<EndpointService> NAMED = new Named<>(
            EndpointService::id,
            "InvalidVpcEndpointServiceId.NotFound",
            "The VpcEndpointService Id '%s' does not exist");
    private static final String AVAILABLE = "Available";
    private static final Filters<EndpointService> FILTERS = new Filters<>(Map.of(
            "service-name",
            EndpointService::name,
            "service-id",
            EndpointService::id,
            "service-state",
            any -> AVAILABLE));

    @Override
    public Consumer<Xml> answer(Scope scope, Parameters parameters) {
        List<EndpointService> wanted = NAMED.among(networks.endpointServices(scope), parameters.texts("ServiceId"));
        Page<EndpointService> page = Page.of(FILTERS.fitting(wanted, parameters), EndpointService::id, 1, parameters);
        return page.token()
                .andThen(xml ->
                        xml.items("serviceConfigurationSet", page.items(), (item, one) -> write(item, one, scope)));
    }

    private static void write(Xml xml, EndpointService service, Scope scope) {
        xml.items("serviceType", List.of(type(service)), (item, type) -> item.text("serviceType", type))
                .text("serviceId", service.id())
                .text("serviceName", service.name())
                .text("serviceState", AVAILABLE)
                .items("availabilityZoneSet", service.zones())
                .text("acceptanceRequired", service.acceptanceRequired())
                .text("managesVpcEndpoints", false)
                .items(loadBalancers(service), List.of(loadBalancerArn(service, scope)))
                .items("supportedIpAddressTypeSet", List.of("ipv4"))
                .items("baseEndpointDnsNameSet", List.of(dnsName(service, scope)))
                .text("privateDnsName", service.privateDnsName())
                .element(
                        "privateDnsNameConfiguration",
                        name -> name.text("state", service.nameState().wire())
                                .text("type", "TXT")
                                .text("value", "vpce:" + service.id())
                                .text("name", "_" + service.id()));
    }

    private static String type(EndpointService service) {
        return switch (service.loadBalancer()) {
            case NETWORK -> "Interface";
            case GATEWAY -> "GatewayLoadBalancer";
        };
    }

    private static String loadBalancers(EndpointService service) {
        return switch (service.loadBalancer()) {
            case NETWORK -> "networkLoadBalancerArnSet";
            case GATEWAY -> "gatewayLoadBalancerArnSet";
        };
    }

    private static String loadBalancerArn(EndpointService service, Scope scope) {
        String kind = switch (service.loadBalancer()) {
            case NETWORK -> "net";
            case GATEWAY -> "gwy";
        };
        String number = service.id().replace("vpce-svc-", "");
        return Arn.of(scope, "elasticloadbalancing", "loadbalancer/%s/%s/%s".formatted(kind, service.id(), number));
    }

    private static String dnsName(EndpointService service, Scope scope) {
        return service.id() + "." + scope.region() + ".vpce.amazonaws.com";
    }
}
