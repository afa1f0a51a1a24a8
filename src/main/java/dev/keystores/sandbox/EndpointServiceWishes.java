package dev.keystores.sandbox;

import dev.keystores.sandbox.ec2.EndpointService;

/** What {@code PUT /_sandbox/endpoint-services/{account}/{region}/{name}} wants a service to be. */
record EndpointServiceWishes(Wanted wanted) {

    static EndpointServiceWishes parse(byte[] body) {
        return new EndpointServiceWishes(Wanted.parse(
                body, "principals", "acceptanceRequired", "nameState", "privateDnsName", "zones", "loadBalancer"));
    }

    EndpointService grant(EndpointService service) {
        return name(service)
                .withPrincipals(wanted.texts("principals").orElse(service.principals()))
                .withAcceptanceRequired(wanted.flag("acceptanceRequired").orElse(service.acceptanceRequired()))
                .withZones(wanted.texts("zones").orElse(service.zones()))
                .withLoadBalancer(wanted.choice("loadBalancer", EndpointService.LoadBalancer.class)
                        .orElse(service.loadBalancer()));
    }

    private EndpointService name(EndpointService service) {
        return service.withPrivateDnsName(wanted.text("privateDnsName").orElse(service.privateDnsName()))
                .withNameState(wanted.choice("nameState", EndpointService.NameState.class)
                        .orElse(service.nameState()));
    }
}
