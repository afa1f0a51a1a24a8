package dev.keystores.dashboard;

import dev.keystores.keystore.Property;

/** What people call the properties of a key store. */
final class Labels {

    private Labels() {}

    static String of(Property property) {
        return switch (property) {
            case NAME -> "Name";
            case CLOUD_HSM_CLUSTER_ID -> "CloudHSM cluster";
            case TRUST_ANCHOR_CERTIFICATE -> "Certificate of the cluster's owner";
            case KEY_STORE_PASSWORD -> "Password of kmsuser";
            case XKS_PROXY_CONNECTIVITY -> "Connectivity";
            case XKS_PROXY_URI_ENDPOINT -> "Proxy endpoint";
            case XKS_PROXY_URI_PATH -> "Proxy path";
            case XKS_PROXY_ACCESS_KEY_ID -> "Proxy access key";
            case XKS_PROXY_RAW_SECRET_ACCESS_KEY -> "Secret half of the proxy access key";
            case XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME -> "VPC endpoint service";
            case XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER -> "VPC endpoint service owner";
        };
    }
}
