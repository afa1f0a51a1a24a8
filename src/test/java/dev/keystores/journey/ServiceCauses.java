package dev.keystores.journey;

import static dev.keystores.journey.Cause.Backing.PROXY_BEHIND_SERVICE;
import static dev.keystores.keystore.ConnectionErrorCode.XKS_PROXY_NOT_REACHABLE;
import static dev.keystores.keystore.ConnectionErrorCode.XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION;
import static dev.keystores.keystore.ConnectionErrorCode.XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND;

import dev.keystores.keystore.ConnectionErrorCode;
import java.util.List;

/** What goes wrong between KMS and the VPC endpoint service of another account, with the proxy behind it. */
final class ServiceCauses {

    private ServiceCauses() {}

    static List<Cause> all() {
        return List.of(
                cause(
                        XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND,
                        "the service is deleted",
                        operator -> operator.service().delete(),
                        operator -> operator.service().make()),
                cause(
                        XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND,
                        "the service doesn't admit KMS",
                        operator -> operator.service().admitAccountOnly(),
                        operator -> operator.service().admitAll()),
                cause(
                        XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND,
                        "the service doesn't admit the account",
                        operator -> operator.service().admitKmsOnly(),
                        operator -> operator.service().admitAll()),
                broken("each endpoint has to be accepted", "acceptanceRequired", true, false),
                broken("the private DNS name is not verified", "nameState", "FAILED", "VERIFIED"),
                broken("the verification is pending", "nameState", "PENDING_VERIFICATION", "VERIFIED"),
                broken(
                        "the load balancer is in one zone",
                        "zones",
                        List.of("eu-central-1a"),
                        List.of("eu-central-1a", "eu-central-1b")),
                broken("the load balancer is a gateway", "loadBalancer", "GATEWAY", "NETWORK"),
                cause(
                        XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION,
                        "the service has another private DNS name",
                        operator -> operator.service()
                                .change(
                                        "privateDnsName",
                                        "moved-" + operator.proxy().host()),
                        operator -> operator.service()
                                .change("privateDnsName", operator.proxy().host())),
                cause(
                        XKS_PROXY_NOT_REACHABLE,
                        "the proxy behind the service is down",
                        operator -> operator.proxy().change("down", true),
                        operator -> operator.proxy().change("down", false)));
    }

    private static Cause broken(String words, String property, Object wrong, Object right) {
        return cause(
                XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION,
                words,
                operator -> operator.service().change(property, wrong),
                operator -> operator.service().change(property, right));
    }

    private static Cause cause(ConnectionErrorCode code, String words, Cause.Deed happens, Cause.Deed righted) {
        return new Cause(code, PROXY_BEHIND_SERVICE, words, happens, righted);
    }
}
