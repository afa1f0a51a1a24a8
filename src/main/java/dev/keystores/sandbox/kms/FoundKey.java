package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.wire.Scope;
import java.util.Optional;

/** A key that a call names, with its store. */
record FoundKey(WorldState world, Key key, KeyStore store) {

    /** @param name the key's id or ARN; the sandbox has no aliases */
    static FoundKey named(WorldState world, Scope scope, String name) {
        String prefix = Arns.keyPrefix(scope);
        String id = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
        return Optional.ofNullable(world.keys().get(id))
                .map(key -> new FoundKey(world, key, world.store(key.storeId())))
                .orElseThrow(KeyRefusals::keyNotFound);
    }

    static FoundKey of(WorldState world, Asked asked) {
        return named(world, asked.scope(), asked.input().required(KeyLimits.KEY_ID));
    }

    String arn(Scope scope) {
        return Arns.key(scope, key.id());
    }

    /** This key, if it can be used to encrypt or decrypt. */
    FoundKey usable(Scope scope) {
        switch (key.state(store)) {
            case "Enabled" -> {
                return this;
            }
            case "Disabled" -> throw KeyRefusals.disabled(arn(scope));
            case "PendingDeletion" -> throw KeyRefusals.pendingDeletion(arn(scope));
            default -> throw KeyRefusals.unavailable(arn(scope));
        }
    }
}
