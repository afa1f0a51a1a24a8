package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.cloudhsm.Ids;
import dev.keystores.sandbox.ec2.EndpointService;
import dev.keystores.sandbox.wire.Scope;
import java.util.List;

/** VPC endpoint services with all that KMS asks of one (KMS Developer Guide, vpc-connectivity). */
public final class ReadyServices {

    private static final int HASHED = 10;

    private ReadyServices() {}

    /** The same on every fresh sandbox. */
    static EndpointService spare(Scope scope, int number) {
        return named(scope, prefix(scope) + Ids.hex("endpoint service " + number + " of " + scope));
    }

    public static EndpointService named(Scope scope, String name) {
        if (!name.startsWith(prefix(scope))) {
            throw new IllegalArgumentException("name: must begin with " + prefix(scope));
        }
        String region = scope.region();
        return new EndpointService(
                name,
                scope.account(),
                "vpc-" + Ids.of(scope + " " + name, HASHED) + ".spare.xks.sandbox.example",
                EndpointService.NameState.VERIFIED,
                false,
                EndpointService.LoadBalancer.NETWORK,
                List.of(region + "a", region + "b"),
                List.of(ServiceRules.principalOfKms(region)));
    }

    private static String prefix(Scope scope) {
        String domain = scope.partition().equals("aws-eusc") ? "eu" : "com";
        return "%s.amazonaws.vpce.%s.vpce-svc-".formatted(domain, scope.region());
    }
}
