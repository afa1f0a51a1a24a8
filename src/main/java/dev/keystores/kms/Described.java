package dev.keystores.kms;

import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;

/**
 * Everything one look at a target showed.
 *
 * @param unreadable stores of a type or in a state that only a newer version of us knows: there, but nothing to act on
 */
public record Described(List<KeyStore> keyStores, Set<KeyStoreId> unreadable) {

    private static final Logger log = LoggerFactory.getLogger(Described.class);

    public Described {
        keyStores = List.copyOf(keyStores);
        unreadable = Set.copyOf(unreadable);
    }

    /**
     * @param entries of all pages; one that moved from page to page meanwhile is there twice, and counts as last shown
     */
    static Described of(List<CustomKeyStoresListEntry> entries) {
        var once = new LinkedHashMap<String, CustomKeyStoresListEntry>();
        entries.stream()
                .filter(entry -> entry.customKeyStoreId() != null)
                .forEach(entry -> once.put(entry.customKeyStoreId(), entry));
        var read = once.values().stream().flatMap(entry -> read(entry).stream()).toList();
        var readable = read.stream().map(KeyStore::id).collect(Collectors.toSet());
        var unreadable = once.keySet().stream()
                .map(KeyStoreId::new)
                .filter(id -> !readable.contains(id))
                .collect(Collectors.toSet());
        return new Described(read, unreadable);
    }

    private static Optional<KeyStore> read(CustomKeyStoresListEntry entry) {
        try {
            var type = KeyStoreType.valueOf(String.valueOf(entry.customKeyStoreTypeAsString()));
            return Optional.of(new KeyStore(
                    new KeyStoreId(entry.customKeyStoreId()),
                    kept(String.valueOf(entry.customKeyStoreName())),
                    type,
                    ConnectionState.valueOf(String.valueOf(entry.connectionStateAsString())),
                    entry.connectionErrorCodeAsString(),
                    entry.creationDate(),
                    configuration(entry, type)));
        } catch (IllegalArgumentException newer) {
            log.warn(
                    "Key store {} has type {} and state {}, which this version doesn't know: left as last seen",
                    entry.customKeyStoreId(),
                    entry.customKeyStoreTypeAsString(),
                    entry.connectionStateAsString());
            return Optional.empty();
        }
    }

    /** Whatever KMS may show, one name must not break every look: PostgreSQL keeps no NUL. */
    private static String kept(String name) {
        return name.replace('\0', '\uFFFD');
    }

    private static Configuration configuration(CustomKeyStoresListEntry entry, KeyStoreType type) {
        return switch (type) {
            case AWS_CLOUDHSM -> new Configuration.CloudHsm(entry.cloudHsmClusterId(), entry.trustAnchorCertificate());
            case EXTERNAL_KEY_STORE -> externalKeyStore(entry);
        };
    }

    private static Configuration externalKeyStore(CustomKeyStoresListEntry entry) {
        var proxy = entry.xksProxyConfiguration();
        if (proxy == null) {
            return new Configuration.ExternalKeyStore(null, null, null, null, null, null);
        }
        return new Configuration.ExternalKeyStore(
                proxy.connectivityAsString(),
                proxy.uriEndpoint(),
                proxy.uriPath(),
                proxy.accessKeyId(),
                proxy.vpcEndpointServiceName(),
                proxy.vpcEndpointServiceOwner());
    }
}
