package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.wire.ServiceError;

/** KMS's refusals. The names are AWS's (KMS API Reference); AWS publishes no texts, so those are ours. */
final class Refusals {

    private Refusals() {}

    static ServiceError storeNotFound() {
        return refusal(
                "CustomKeyStoreNotFoundException", "There is no such custom key store in this account and Region.");
    }

    static ServiceError invalidState(String operation, KeyStore store) {
        return refusal(
                "CustomKeyStoreInvalidStateException",
                "%s is not valid while custom key store %s is %s.".formatted(operation, store.id(), store.state()));
    }

    static ServiceError nameInUse() {
        return refusal(
                "CustomKeyStoreNameInUseException",
                "Another custom key store of this account and Region has this name.");
    }

    static ServiceError tooManyStores() {
        return refusal("LimitExceededException", "An account has at most 10 custom key stores in a Region.");
    }

    static ServiceError clusterNotFound() {
        return refusal(
                "CloudHsmClusterNotFoundException", "There is no such CloudHSM cluster in this account and Region.");
    }

    static ServiceError clusterNotActive() {
        return refusal("CloudHsmClusterNotActiveException", "The CloudHSM cluster is not initialized and activated.");
    }

    static ServiceError clusterInUse() {
        return refusal(
                "CloudHsmClusterInUseException",
                "The CloudHSM cluster, or one with the same backup history, belongs to another custom key store.");
    }

    static ServiceError clusterNotRelated() {
        return refusal(
                "CloudHsmClusterNotRelatedException",
                "The CloudHSM cluster has another cluster certificate than the one the custom key store was made with.");
    }

    /** The one text of these that AWS's users have quoted in public. */
    static ServiceError clusterTooSmall() {
        return refusal(
                "CloudHsmClusterInvalidConfigurationException",
                "CloudHSM cluster must contain active HSMs in at least two Availability Zones");
    }

    static ServiceError incorrectTrustAnchor() {
        return refusal(
                "IncorrectTrustAnchorException", "The trust anchor is not the CloudHSM cluster's customerCA.crt.");
    }

    static ServiceError proxyUriInUse() {
        return refusal("XksProxyUriInUseException", "Another external key store of this Region has this proxy URI.");
    }

    static ServiceError proxyEndpointInUse() {
        return refusal(
                "XksProxyUriEndpointInUseException",
                "Another external key store of this Region has this proxy endpoint with a VPC endpoint service.");
    }

    static ServiceError vpcEndpointServiceInUse() {
        return refusal(
                "XksProxyVpcEndpointServiceInUseException",
                "Another external key store of this Region has this VPC endpoint service.");
    }

    static ServiceError vpcEndpointServiceInvalid() {
        return refusal(
                "XksProxyVpcEndpointServiceInvalidConfigurationException",
                "The VPC endpoint service lacks something: a network load balancer in two Availability Zones, no"
                        + " acceptance, and the proxy's host as its verified private DNS name.");
    }

    static ServiceError hasKeys() {
        return refusal("CustomKeyStoreHasCMKsException", "The custom key store still has KMS keys.");
    }

    static ServiceError clusterWithoutHsm() {
        return refusal("CloudHsmClusterInvalidConfigurationException", "CloudHSM cluster must contain an active HSM");
    }

    static ServiceError proxyUnreachable() {
        return refusal("XksProxyUriUnreachableException", "The external key store proxy can't be reached.");
    }

    static ServiceError proxyCredentialIncorrect() {
        return refusal(
                "XksProxyIncorrectAuthenticationCredentialException",
                "The external key store proxy does not accept the credential.");
    }

    static ServiceError proxyConfigurationInvalid() {
        return refusal(
                "XksProxyInvalidConfigurationException",
                "The external key store proxy is not set up for KMS at this path.");
    }

    static ServiceError proxyResponseInvalid() {
        return refusal(
                "XksProxyInvalidResponseException",
                "The external key store proxy does not answer as the XKS Proxy API wants.");
    }

    static ServiceError vpcEndpointServiceNotFound() {
        return refusal(
                "XksProxyVpcEndpointServiceNotFoundException", "There is no such VPC endpoint service in this Region.");
    }

    static ServiceError invalidMarker() {
        return refusal("InvalidMarkerException", "The marker isn't one of KMS's.");
    }

    static ServiceError throttled() {
        return refusal("ThrottlingException", "Rate exceeded");
    }

    static ServiceError internal() {
        return new ServiceError(
                "KMSInternalException", 500, "An internal error happened; the request can be repeated.");
    }

    static ServiceError validation(String message) {
        return refusal("ValidationException", message);
    }

    private static ServiceError refusal(String type, String message) {
        return ServiceError.client(type, message);
    }
}
