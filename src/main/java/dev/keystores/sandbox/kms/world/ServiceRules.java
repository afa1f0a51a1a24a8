package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.ec2.EndpointService;
import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.ConnectionErrorCode;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.wire.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What KMS asks of a VPC endpoint service (KMS API Reference, CreateCustomKeyStore; Developer Guide, vpc-connectivity). */
public record ServiceRules(OfferedServices offered) implements Transit.ServiceCheck {

    private static final int ZONES = 2;

    @Override
    public @Nullable ConnectionErrorCode problem(Scope scope, Backing.External backing) {
        if (backing.service() == null) {
            return null;
        }
        Optional<EndpointService> found = found(scope, backing.service());
        if (found.isEmpty()) {
            return ConnectionErrorCode.XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND;
        }
        return fits(found.get(), backing.uri())
                ? null
                : ConnectionErrorCode.XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION;
    }

    public void require(Scope scope, Backing.External backing) {
        if (backing.service() != null) {
            EndpointService service = found(scope, backing.service()).orElseThrow(Refusals::vpcEndpointServiceNotFound);
            if (!fits(service, backing.uri())) {
                throw Refusals.vpcEndpointServiceInvalid();
            }
        }
    }

    static String principalOfKms(String region) {
        return "cks.kms." + region + ".amazonaws.com";
    }

    /** One that KMS isn't permitted to see is none. */
    private Optional<EndpointService> found(Scope scope, Backing.VpcService named) {
        return offered.find(new Scope(named.owner(), scope.region()), named.name())
                .filter(service -> service.permits(principalOfKms(scope.region())))
                .filter(service -> named.owner().equals(scope.account()) || permitsAccount(service, scope.account()));
    }

    /** The service of another account must let the store's account in too (Developer Guide, authorize-xks-key-store). */
    private static boolean permitsAccount(EndpointService service, String account) {
        return service.principals().stream()
                .anyMatch(principal -> principal.equals("*")
                        || principal.matches("arn:aws[a-z-]*:iam::" + account + ":(root|role/.+|user/.+)"));
    }

    private static boolean fits(EndpointService service, Backing.ProxyUri uri) {
        return service.loadBalancer() == EndpointService.LoadBalancer.NETWORK
                && service.zones().stream().distinct().count() >= ZONES
                && !service.acceptanceRequired()
                && service.nameState() == EndpointService.NameState.VERIFIED
                && service.privateDnsName().equalsIgnoreCase(uri.host());
    }
}
