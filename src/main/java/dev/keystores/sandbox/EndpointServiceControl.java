package dev.keystores.sandbox;

import dev.keystores.sandbox.ec2.EndpointService;
import dev.keystores.sandbox.kms.Causes;
import dev.keystores.sandbox.wire.Scope;
import java.util.List;
import java.util.function.UnaryOperator;

/** Turns what a VPC endpoint service is like. */
public final class EndpointServiceControl {

    private final Causes causes;
    private final Scope scope;
    private final String name;

    EndpointServiceControl(Causes causes, Scope scope, String name) {
        this.causes = causes;
        this.scope = scope;
        this.name = name;
    }

    /** One in good order, where there is none yet. */
    public EndpointServiceControl exists() {
        return change(service -> service);
    }

    /** @param principals service names, ARNs of accounts, roles and users, or {@code *}; these and no others */
    public EndpointServiceControl permits(String... principals) {
        return change(service -> service.withPrincipals(List.of(principals)));
    }

    /** Whether somebody has to accept each endpoint. */
    public EndpointServiceControl acceptanceRequired(boolean required) {
        return change(service -> service.withAcceptanceRequired(required));
    }

    /** Whether it is known that the domain of the private DNS name is the owner's. */
    public EndpointServiceControl nameState(EndpointService.NameState state) {
        return change(service -> service.withNameState(state));
    }

    public EndpointServiceControl privateDnsName(String host) {
        return change(service -> service.withPrivateDnsName(host));
    }

    /** @param zones where the load balancer has subnets */
    public EndpointServiceControl zones(String... zones) {
        return change(service -> service.withZones(List.of(zones)));
    }

    public EndpointServiceControl loadBalancer(EndpointService.LoadBalancer kind) {
        return change(service -> service.withLoadBalancer(kind));
    }

    public void remove() {
        causes.removeService(scope, name);
    }

    EndpointServiceControl change(UnaryOperator<EndpointService> change) {
        causes.changeService(scope, name, change);
        return this;
    }
}
