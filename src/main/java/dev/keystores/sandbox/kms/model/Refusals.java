package dev.keystores.sandbox.kms.model;

import dev.keystores.sandbox.wire.ServiceError;

/** KMS's refusals. The names are AWS's (KMS API Reference); AWS publishes no texts, so those are ours. */
public final class Refusals {

    private Refusals() {}

    public static ServiceError storeNotFound() {
        return refusal(
                "CustomKeyStoreNotFoundException", "There is no such custom key store in this account and Region.");
    }

    public static ServiceError invalidState(String operation, KeyStore store) {
        return refusal(
                "CustomKeyStoreInvalidStateException",
                "%s is not valid while custom key store %s is %s.".formatted(operation, store.id(), store.state()));
    }

    public static ServiceError nameInUse() {
        return refusal(
                "CustomKeyStoreNameInUseException",
                "Another custom key store of this account and Region has this name.");
    }

    public static ServiceError tooManyStores() {
        return refusal("LimitExceededException", "An account has at most 10 custom key stores in a Region.");
    }

    public static ServiceError clusterNotFound() {
        return refusal(
                "CloudHsmClusterNotFoundException", "There is no such CloudHSM cluster in this account and Region.");
    }

    public static ServiceError clusterNotActive() {
        return refusal("CloudHsmClusterNotActiveException", "The CloudHSM cluster is not initialized and activated.");
    }

    public static ServiceError clusterInUse() {
        return refusal(
                "CloudHsmClusterInUseException",
                "The CloudHSM cluster, or one with the same backup history, belongs to another custom key store.");
    }

    public static ServiceError clusterNotRelated() {
        return refusal(
                "CloudHsmClusterNotRelatedException",
                "The CloudHSM cluster has another cluster certificate than the one the custom key store was made with.");
    }

    /** The one text of these that AWS's users have quoted in public. */
    public static ServiceError clusterTooSmall() {
        return refusal(
                "CloudHsmClusterInvalidConfigurationException",
                "CloudHSM cluster must contain active HSMs in at least two Availability Zones");
    }

    public static ServiceError incorrectTrustAnchor() {
        return refusal(
                "IncorrectTrustAnchorException", "The trust anchor is not the CloudHSM cluster's customerCA.crt.");
    }

    public static ServiceError proxyUriInUse() {
        return refusal("XksProxyUriInUseException", "Another external key store of this Region has this proxy URI.");
    }

    public static ServiceError proxyEndpointInUse() {
        return refusal(
                "XksProxyUriEndpointInUseException",
                "Another external key store of this Region has this proxy endpoint with a VPC endpoint service.");
    }

    public static ServiceError vpcEndpointServiceInUse() {
        return refusal(
                "XksProxyVpcEndpointServiceInUseException",
                "Another external key store of this Region has this VPC endpoint service.");
    }

    public static ServiceError vpcEndpointServiceInvalid() {
        return refusal(
                "XksProxyVpcEndpointServiceInvalidConfigurationException",
                "The VPC endpoint service lacks something: a network load balancer in two Availability Zones, no"
                        + " acceptance, and the proxy's host as its verified private DNS name.");
    }

    public static ServiceError hasKeys() {
        return refusal("CustomKeyStoreHasCMKsException", "The custom key store still has KMS keys.");
    }

    public static ServiceError clusterWithoutHsm() {
        return refusal("CloudHsmClusterInvalidConfigurationException", "CloudHSM cluster must contain an active HSM");
    }

    public static ServiceError proxyUnreachable() {
        return refusal("XksProxyUriUnreachableException", "The external key store proxy can't be reached.");
    }

    public static ServiceError proxyCredentialIncorrect() {
        return refusal(
                "XksProxyIncorrectAuthenticationCredentialException",
                "The external key store proxy does not accept the credential.");
    }

    public static ServiceError proxyConfigurationInvalid() {
        return refusal(
                "XksProxyInvalidConfigurationException",
                "The external key store proxy is not set up for KMS at this path.");
    }

    public static ServiceError proxyResponseInvalid() {
        return refusal(
                "XksProxyInvalidResponseException",
                "The external key store proxy does not answer as the XKS Proxy API wants.");
    }

    public static ServiceError vpcEndpointServiceNotFound() {
        return refusal(
                "XksProxyVpcEndpointServiceNotFoundException", "There is no such VPC endpoint service in this Region.");
    }

    public static ServiceError invalidMarker() {
        return refusal("InvalidMarkerException", "The marker isn't one of KMS's.");
    }

    public static ServiceError throttled() {
        return refusal("ThrottlingException", "Rate exceeded");
    }

    public static ServiceError internal() {
        return new ServiceError(
                "KMSInternalException", 500, "An internal error happened; the request can be repeated.");
    }

    public static ServiceError validation(String message) {
        return refusal("ValidationException", message);
    }

    private static ServiceError refusal(String type, String message) {
        return ServiceError.client(type, message);
    }
}
