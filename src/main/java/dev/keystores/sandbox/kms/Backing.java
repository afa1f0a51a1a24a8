package dev.keystores.sandbox.kms;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Locale;

/** What holds the keys of a store. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Backing.CloudHsm.class, name = "AWS_CLOUDHSM"),
    @JsonSubTypes.Type(value = Backing.External.class, name = "EXTERNAL_KEY_STORE")
})
sealed interface Backing {

    record CloudHsm(String clusterId, String trustAnchorCertificate, Secret password) implements Backing {}

    record External(ProxyUri uri, ProxyCredential credential) implements Backing {}

    /** @param endpoint {@code https://} and the host */
    record ProxyUri(String endpoint, String path) {

        String host() {
            return endpoint.substring("https://".length()).toLowerCase(Locale.ROOT);
        }

        /** Host names compare without case, paths with it. */
        boolean sameAs(ProxyUri other) {
            return host().equals(other.host()) && path.equals(other.path);
        }

        @Override
        public String toString() {
            return endpoint + path;
        }
    }

    record ProxyCredential(String accessKeyId, Secret rawSecretAccessKey) {}
}
