package dev.keystores.sandbox.kms.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.keystores.sandbox.data.Secret;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What holds the keys of a store. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Backing.CloudHsm.class, name = "AWS_CLOUDHSM"),
    @JsonSubTypes.Type(value = Backing.External.class, name = "EXTERNAL_KEY_STORE")
})
public sealed interface Backing {

    /**
     * @param told kmsuser's password as KMS was told it last
     * @param password as it is now: after a connect, one that KMS has chosen
     */
    record CloudHsm(String clusterId, String trustAnchorCertificate, Secret told, Secret password) implements Backing {

        public static CloudHsm of(String clusterId, String trustAnchorCertificate, Secret told) {
            return new CloudHsm(clusterId, trustAnchorCertificate, told, told);
        }

        /** Whether a caller who gives these values means this very thing. */
        public boolean isTheSameTo(CloudHsm given) {
            return clusterId.equals(given.clusterId)
                    && trustAnchorCertificate.equals(given.trustAnchorCertificate)
                    && told.equals(given.told);
        }

        public CloudHsm withPassword(Secret changed) {
            return new CloudHsm(clusterId, trustAnchorCertificate, told, changed);
        }
    }

    /** @param service null for a public endpoint */
    record External(
            ProxyUri uri,
            ProxyCredential credential,
            @Nullable VpcService service) implements Backing {

        public Connectivity connectivity() {
            return service == null ? Connectivity.PUBLIC_ENDPOINT : Connectivity.VPC_ENDPOINT_SERVICE;
        }
    }

    /** @param owner the account that offers it */
    record VpcService(String name, String owner) {}

    /** @param endpoint {@code https://} and the host */
    record ProxyUri(String endpoint, String path) {

        public String host() {
            return endpoint.substring("https://".length()).toLowerCase(Locale.ROOT);
        }

        /** Host names compare without case, paths with it. */
        public boolean sameAs(ProxyUri other) {
            return host().equals(other.host()) && path.equals(other.path);
        }

        @Override
        public String toString() {
            return endpoint + path;
        }
    }

    record ProxyCredential(String accessKeyId, Secret rawSecretAccessKey) {}
}
