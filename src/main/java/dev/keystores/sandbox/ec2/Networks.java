package dev.keystores.sandbox.ec2;

import dev.keystores.sandbox.wire.Scope;
import java.util.List;

/** What there is in each account and Region, at this moment. Deleted subnets are not among it. */
public interface Networks {

    List<Subnet> subnets(Scope scope);

    List<SecurityGroup> securityGroups(Scope scope);

    /** Those the account itself offers. */
    List<EndpointService> endpointServices(Scope scope);
}
