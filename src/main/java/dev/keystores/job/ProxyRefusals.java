package dev.keystores.job;

import static dev.keystores.job.Refusals.afterFix;

import dev.keystores.keystore.Remedy;

/**
 * What cures a proxy, or the way to it, that KMS refused when it was told of it (KMS API Reference, the errors of
 * CreateCustomKeyStore and UpdateCustomKeyStore that begin with XksProxy).
 */
final class ProxyRefusals {

    private static final String AGAIN = "Ask again.";
    private static final String SERVICE = "See it: aws ec2 describe-vpc-endpoint-service-configurations";

    private ProxyRefusals() {}

    static Remedy remedy(String code, String message) {
        return switch (code) {
            case "XksProxyUriInUseException" ->
                afterFix(
                        "Another key store of this account and Region has the same endpoint and path.",
                        "See which one: aws kms describe-custom-key-stores",
                        "Ask again with a path of its own, which the proxy has to serve.");
            case "XksProxyUriEndpointInUseException" ->
                afterFix(
                        "The endpoint is that of another key store with the other connectivity, maybe of another account.",
                        "Ask again with another endpoint.");
            case "XksProxyUriUnreachableException" ->
                afterFix(
                        "KMS got no answer from the proxy, or a certificate it doesn't trust, or the proxy said that all its key"
                                + " managers are UNAVAILABLE.",
                        "Check that its host name leads to it, from the internet, at port 443: openssl s_client -connect"
                                + " ${PROXY_HOST:?}:443 -servername ${PROXY_HOST:?}",
                        "Check that its certificate is valid, for that host name, and by an authority on the list of KMS.",
                        "Look at the proxy's log for GetHealthStatus, and at its key managers.",
                        AGAIN);
            case "XksProxyIncorrectAuthenticationCredentialException" ->
                afterFix(
                        "The proxy knows another credential than the one that was given.",
                        "Take the access key id and the secret from the proxy, or set them there.",
                        AGAIN);
            case "XksProxyInvalidConfigurationException" ->
                afterFix(
                        "The proxy refused KMS: its path is another one, or it doesn't let KMS in.",
                        "Check the path that it serves, and whom it permits.",
                        AGAIN);
            case "XksProxyInvalidResponseException" ->
                afterFix(
                        "KMS didn't understand what the proxy answered.",
                        "Check that a proxy answers there, and not a load balancer or a page, and that it keeps to the"
                                + " specification of external key store proxies.",
                        "Look at the proxy's log for GetHealthStatus.",
                        AGAIN);
            case "XksProxyVpcEndpointServiceNotFoundException" ->
                afterFix(
                        "There is no such VPC endpoint service in this Region, or it doesn't permit KMS to use it.",
                        SERVICE,
                        "Allow the service principal of KMS: aws ec2 modify-vpc-endpoint-service-permissions --service-id"
                                + " ${SERVICE_ID:?} --add-allowed-principals cks.kms.${REGION:?}.amazonaws.com",
                        AGAIN);
            case "XksProxyVpcEndpointServiceInvalidConfigurationException" ->
                afterFix(
                        "The VPC endpoint service is not set up as KMS needs it: behind a network load balancer in two Availability"
                                + " Zones at least, without acceptance of each endpoint, with a private DNS name that is verified and"
                                + " equal to the host of the endpoint.",
                        SERVICE,
                        "Correct what differs.",
                        AGAIN);
            case "XksProxyVpcEndpointServiceInUseException" ->
                afterFix(
                        "Another key store of the Region uses the VPC endpoint service.",
                        "Ask again with a service of its own.");
            default -> afterFix("KMS says: " + message, "Correct what it names, and ask again.");
        };
    }
}
