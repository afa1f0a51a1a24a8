package dev.keystores.job;

import dev.keystores.keystore.Property;
import dev.keystores.keystore.Secret;
import dev.keystores.kms.KmsException;
import dev.keystores.kms.StoredSecrets;
import dev.keystores.kms.Turn;
import dev.keystores.secret.SecretUnreadable;
import dev.keystores.secret.Secrets;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Opens the secrets of a job for the one call that needs them, each time anew: a reference may hold another value by now. */
@Component
class OpenSecrets {

    private final Secrets secrets;
    private final StoredSecrets stored;

    OpenSecrets(Secrets secrets, StoredSecrets stored) {
        this.secrets = secrets;
        this.stored = stored;
    }

    /**
     * All that a job gives, open.
     *
     * @throws KmsException when a secret can't be had, or breaks its rule: nothing was asked of KMS then
     */
    Map<Property, String> open(Job job, Turn turn) {
        var properties = job.change().properties();
        var all = new EnumMap<Property, String>(Property.class);
        all.putAll(properties.values());
        properties.secrets().forEach((property, secret) -> all.put(property, open(job, property, secret, turn)));
        return all;
    }

    private String open(Job job, Property property, Secret secret, Turn turn) {
        try {
            var value = value(job, secret, turn);
            property.brokenBy(value).ifPresent(rule -> {
                throw KmsException.secretUnreadable("%s: what is referred to %s".formatted(property.field(), rule));
            });
            return value;
        } catch (SecretUnreadable unreadable) {
            throw KmsException.secretUnreadable("%s: %s".formatted(property.field(), unreadable.getMessage()));
        }
    }

    private String value(Job job, Secret secret, Turn turn) {
        return switch (secret) {
            case Secret.Given given -> given.value();
            case Secret.Sealed sealed -> value(job, secrets.opened(job.id(), sealed), turn);
            case Secret.InFile file -> secrets.read(file);
            case Secret.Stored reference -> stored.read(turn, reference);
            case Secret.Erased erased -> throw new IllegalStateException("the job has ended");
        };
    }
}
