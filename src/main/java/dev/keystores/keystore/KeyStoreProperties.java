package dev.keystores.keystore;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The properties that a caller gives, for a new key store or to change one.
 *
 * @param values those that anybody may see
 * @param secrets those that nobody may see
 */
public record KeyStoreProperties(Map<Property, String> values, Map<Property, Secret> secrets) {

    public static final KeyStoreProperties NONE = new KeyStoreProperties(Map.of(), Map.of());

    public KeyStoreProperties {
        values = ordered(values);
        secrets = ordered(secrets);
        if (values.keySet().stream().anyMatch(Property::secret)
                || !secrets.keySet().stream().allMatch(Property::secret)) {
            throw new IllegalArgumentException("a secret is no value that anybody may see");
        }
    }

    /** With one more, or without it where it is null. */
    public KeyStoreProperties with(Property property, @Nullable String value) {
        return new KeyStoreProperties(with(values, property, value), secrets);
    }

    /** With one more, or without it where it is null. */
    public KeyStoreProperties with(Property property, @Nullable Secret secret) {
        return new KeyStoreProperties(values, with(secrets, property, secret));
    }

    /** With every secret put into another form. */
    public KeyStoreProperties withSecrets(UnaryOperator<Secret> changed) {
        var others = new EnumMap<Property, Secret>(Property.class);
        secrets.forEach((property, secret) -> others.put(property, changed.apply(secret)));
        return new KeyStoreProperties(values, others);
    }

    /** What a key store shows of its own. */
    public static KeyStoreProperties shownBy(KeyStore keyStore) {
        var name = NONE.with(Property.NAME, keyStore.name());
        return switch (keyStore.configuration()) {
            case Configuration.CloudHsm hsm ->
                name.with(Property.CLOUD_HSM_CLUSTER_ID, hsm.cloudHsmClusterId())
                        .with(Property.TRUST_ANCHOR_CERTIFICATE, hsm.trustAnchorCertificate());
            case Configuration.ExternalKeyStore external ->
                name.with(Property.XKS_PROXY_CONNECTIVITY, external.xksProxyConnectivity())
                        .with(Property.XKS_PROXY_URI_ENDPOINT, external.xksProxyUriEndpoint())
                        .with(Property.XKS_PROXY_URI_PATH, external.xksProxyUriPath())
                        .with(Property.XKS_PROXY_ACCESS_KEY_ID, external.xksProxyAccessKeyId())
                        .with(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME, external.xksProxyVpcEndpointServiceName())
                        .with(
                                Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER,
                                external.xksProxyVpcEndpointServiceOwner());
        };
    }

    public @Nullable String value(Property property) {
        return values.get(property);
    }

    public @Nullable Secret secret(Property property) {
        return secrets.get(property);
    }

    public boolean has(Property property) {
        return values.containsKey(property) || secrets.containsKey(property);
    }

    /** Those that are given, in the order of {@link Property}. */
    public List<Property> given() {
        return Stream.of(Property.values()).filter(this::has).toList();
    }

    /** The names of those that are given, as our REST API has them; of a property with parts, its own. */
    public Set<String> fields() {
        return given().stream()
                .map(property -> property.field().replaceFirst("\\..*", ""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    public boolean isEmpty() {
        return values.isEmpty() && secrets.isEmpty();
    }

    public boolean hasSecrets() {
        return !secrets.isEmpty();
    }

    /** Whether KMS takes them only while the key store is DISCONNECTED. */
    public boolean needDisconnect() {
        return given().stream().anyMatch(Property::needsDisconnect);
    }

    /** Whether a key store shows every one of them that KMS shows at all. */
    public boolean areShownBy(KeyStore keyStore) {
        var shown = shownBy(keyStore);
        return values.entrySet().stream()
                .allMatch(given -> given.getKey().same(given.getValue(), shown.value(given.getKey())));
    }

    private static <V> Map<Property, V> ordered(Map<Property, V> properties) {
        var ordered = new EnumMap<Property, V>(Property.class);
        ordered.putAll(properties);
        return Collections.unmodifiableMap(ordered);
    }

    private static <V> Map<Property, V> with(Map<Property, V> properties, Property property, @Nullable V value) {
        var more = new EnumMap<Property, V>(Property.class);
        more.putAll(properties);
        if (value == null) {
            more.remove(property);
        } else {
            more.put(property, value);
        }
        return more;
    }
}
