package dev.keystores.dashboard;

import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.keystore.Property;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a new key store may be: of each kind the form asks for what belongs to it alone. */
enum NewKind {
    CLOUD_HSM(
            "cloudhsm",
            "CloudHSM key store",
            "Keys lie in a CloudHSM cluster of your own. KMS logs in to it as kmsuser.",
            KeyStoreType.AWS_CLOUDHSM,
            null,
            List.of(
                    Property.NAME,
                    Property.CLOUD_HSM_CLUSTER_ID,
                    Property.TRUST_ANCHOR_CERTIFICATE,
                    Property.KEY_STORE_PASSWORD)),
    PUBLIC_PROXY(
            "external-public",
            "external key store, public endpoint",
            "Keys lie in a key manager outside of AWS. KMS reaches its proxy over the internet.",
            KeyStoreType.EXTERNAL_KEY_STORE,
            "PUBLIC_ENDPOINT",
            List.of(
                    Property.NAME,
                    Property.XKS_PROXY_URI_ENDPOINT,
                    Property.XKS_PROXY_URI_PATH,
                    Property.XKS_PROXY_ACCESS_KEY_ID,
                    Property.XKS_PROXY_RAW_SECRET_ACCESS_KEY)),
    PROXY_BEHIND_SERVICE(
            "external-vpc",
            "external key store, VPC endpoint service",
            "Keys lie in a key manager outside of AWS. KMS reaches its proxy through a VPC endpoint service.",
            KeyStoreType.EXTERNAL_KEY_STORE,
            "VPC_ENDPOINT_SERVICE",
            List.of(
                    Property.NAME,
                    Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME,
                    Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER,
                    Property.XKS_PROXY_URI_ENDPOINT,
                    Property.XKS_PROXY_URI_PATH,
                    Property.XKS_PROXY_ACCESS_KEY_ID,
                    Property.XKS_PROXY_RAW_SECRET_ACCESS_KEY));

    /** Below {@link NewKeyStorePage#PATH}. */
    private final String address;

    private final String label;
    private final String words;
    private final KeyStoreType type;
    private final @Nullable String connectivity;
    private final List<Property> asked;

    NewKind(
            String address,
            String label,
            String words,
            KeyStoreType type,
            @Nullable String connectivity,
            List<Property> asked) {
        this.address = address;
        this.label = label;
        this.words = words;
        this.type = type;
        this.connectivity = connectivity;
        this.asked = asked;
    }

    static Optional<NewKind> at(String address) {
        return Arrays.stream(values())
                .filter(kind -> kind.address.equals(address))
                .findAny();
    }

    public String path() {
        return NewKeyStorePage.PATH + "/" + address;
    }

    public String label() {
        return label;
    }

    public String words() {
        return words;
    }

    KeyStoreType type() {
        return type;
    }

    /** What the form asks for, in its order. */
    List<Property> asked() {
        return asked;
    }

    /** What is given with a form of this kind. */
    KeyStoreProperties properties(Filled filled) {
        return filled.properties(asked).with(Property.XKS_PROXY_CONNECTIVITY, connectivity);
    }
}
