package dev.keystores.sandbox.ec2;

import dev.keystores.sandbox.wire.Parameters;
import dev.keystores.sandbox.wire.Scope;
import dev.keystores.sandbox.wire.ServiceError;
import dev.keystores.sandbox.wire.Xml;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** EC2 API Reference, DescribeVpcEndpointServicePermissions. */
record DescribePrincipals(Networks networks) implements Operation {

    private static final Filters<Principal> FILTERS =
            new Filters<>(Map.of("principal", Principal::name, "principal-type", Principal::type));

    @Override
    public Consumer<Xml> answer(Scope scope, Parameters parameters) {
        String id = parameters
                .text("ServiceId")
                .orElseThrow(() ->
                        ServiceError.client("MissingParameter", "The request must contain the parameter ServiceId"));
        List<Principal> permitted =
                DescribeEndpointServices.NAMED
                        .among(networks.endpointServices(scope), List.of(id))
                        .getFirst()
                        .principals()
                        .stream()
                        .distinct()
                        .map(Principal::new)
                        .toList();
        Page<Principal> page = Page.of(FILTERS.fitting(permitted, parameters), Principal::name, 1, parameters);
        return page.token()
                .andThen(xml -> xml.items("allowedPrincipals", page.items(), (item, one) -> write(item, one, id)));
    }

    private static void write(Xml xml, Principal principal, String serviceId) {
        xml.text("principalType", principal.type())
                .text("principal", principal.name())
                .text("serviceId", serviceId)
                .text("servicePermissionId", principal.permissionId(serviceId));
    }
}
