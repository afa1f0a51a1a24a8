package dev.keystores.sandbox.kms.store;

import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.KeyStore;
import java.math.BigDecimal;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A store as DescribeCustomKeyStores shows it: the secrets stay with KMS. */
final class Entry {

    private Entry() {}

    static ObjectNode of(KeyStore store) {
        ObjectNode entry = JsonNodeFactory.instance
                .objectNode()
                .put("CustomKeyStoreId", store.id())
                .put("CustomKeyStoreName", store.name())
                .put("CustomKeyStoreType", store.type().name())
                .put("ConnectionState", store.state().name())
                .put("CreationDate", BigDecimal.valueOf(store.created().toEpochMilli(), 3));
        if (store.connection().errorCode() != null) {
            entry.put("ConnectionErrorCode", store.connection().errorCode().name());
        }
        switch (store.backing()) {
            case Backing.CloudHsm cloudHsm ->
                entry.put("CloudHsmClusterId", cloudHsm.clusterId())
                        .put("TrustAnchorCertificate", cloudHsm.trustAnchorCertificate());
            case Backing.External external -> describe(external, entry.putObject("XksProxyConfiguration"));
        }
        return entry;
    }

    private static void describe(Backing.External external, ObjectNode configuration) {
        configuration
                .put("Connectivity", external.connectivity().name())
                .put("AccessKeyId", external.credential().accessKeyId())
                .put("UriEndpoint", external.uri().endpoint())
                .put("UriPath", external.uri().path());
        if (external.service() != null) {
            configuration
                    .put("VpcEndpointServiceName", external.service().name())
                    .put("VpcEndpointServiceOwner", external.service().owner());
        }
    }
}
