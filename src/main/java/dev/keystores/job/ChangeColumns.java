package dev.keystores.job;

import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.keystore.Property;
import dev.keystores.keystore.Secret;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How the columns of a job hold its change: properties by their names, secrets as objects that say how they are kept. */
final class ChangeColumns {

    private static final String SEALED = "sealed";
    private static final String SECRETS_MANAGER = "secretsManager";
    private static final String FILE = "file";
    private static final String ERASED = "erased";

    private static final JsonMapper json = JsonMapper.shared();

    private ChangeColumns() {}

    /** Null where it gives none. */
    static @Nullable String written(KeyStoreProperties properties) {
        if (properties.isEmpty()) {
            return null;
        }
        var object = json.createObjectNode();
        properties.values().forEach((property, value) -> object.put(property.name(), value));
        properties.secrets().forEach((property, secret) -> object.set(property.name(), written(secret)));
        return object.toString();
    }

    static Change read(Change.Kind kind, KeyStoreType type, @Nullable String properties, boolean goesOn) {
        return switch (kind) {
            case CONNECT -> new Change.Connect();
            case DISCONNECT -> new Change.Disconnect();
            case REPAIR -> new Change.Repair(read(properties), goesOn);
            case CREATE -> new Change.Create(type, read(properties), goesOn);
            case UPDATE -> new Change.Update(read(properties), goesOn);
            case DELETE -> new Change.Delete();
        };
    }

    private static KeyStoreProperties read(@Nullable String written) {
        var properties = KeyStoreProperties.NONE;
        if (written != null) {
            for (var entry : json.readTree(written).properties()) {
                var property = Property.valueOf(entry.getKey());
                properties = property.secret()
                        ? properties.with(property, secret(entry.getValue()))
                        : properties.with(property, entry.getValue().asString());
            }
        }
        return properties;
    }

    private static ObjectNode written(Secret secret) {
        var object = json.createObjectNode();
        return switch (secret) {
            case Secret.Sealed sealed -> object.put(SEALED, sealed.box());
            case Secret.Stored stored -> object.put(SECRETS_MANAGER, stored.arn());
            case Secret.InFile file -> object.put(FILE, file.name());
            case Secret.Erased erased -> object.put(ERASED, true);
            case Secret.Given given -> throw new IllegalStateException("a secret is never written down as it is");
        };
    }

    private static Secret secret(JsonNode written) {
        if (written.has(SEALED)) {
            return new Secret.Sealed(written.get(SEALED).asString());
        }
        if (written.has(SECRETS_MANAGER)) {
            return new Secret.Stored(written.get(SECRETS_MANAGER).asString());
        }
        return written.has(FILE) ? new Secret.InFile(written.get(FILE).asString()) : new Secret.Erased();
    }
}
