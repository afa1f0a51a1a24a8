package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.model.Arns;
import dev.keystores.sandbox.kms.model.Key;
import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Limit;
import dev.keystores.sandbox.wire.Scope;
import java.util.Optional;
import java.util.regex.Pattern;

/** A key that a call names, with its store. */
record FoundKey(WorldState world, Scope scope, Key key, KeyStore store) {

    private static final Pattern ARN = Pattern.compile("arn:[^:]+:kms:[^:]+:\\d{12}:(key|alias)/.+");

    /** For a call that manages a key. Only those tell a malformed ARN from that of a key that isn't there (KMS API model). */
    static FoundKey toManage(WorldState world, Asked asked) {
        String name = asked.input().required(KeyLimits.KEY_ID);
        if (name.startsWith("arn:") && !ARN.matcher(name).matches()) {
            throw KeyRefusals.invalidArn();
        }
        return named(world, asked.scope(), name);
    }

    /** For a call that encrypts or decrypts. */
    static FoundKey toUse(WorldState world, Asked asked, Limit member) {
        return named(world, asked.scope(), asked.input().required(member));
    }

    /** @param name the key's id or ARN; the sandbox has no aliases */
    static FoundKey named(WorldState world, Scope scope, String name) {
        String prefix = Arns.keyPrefix(scope);
        String id = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
        return byId(world, scope, id).orElseThrow(KeyRefusals::keyNotFound);
    }

    static Optional<FoundKey> byId(WorldState world, Scope scope, String id) {
        return Optional.ofNullable(world.keys().get(id))
                .map(key -> new FoundKey(world, scope, key, world.store(key.storeId())));
    }

    String arn() {
        return Arns.key(scope, key.id());
    }

    /** This key, if it can be used to encrypt or decrypt. */
    FoundKey usable() {
        switch (key.state(store)) {
            case "Enabled" -> {
                return this;
            }
            case "Disabled" -> throw KeyRefusals.disabled(arn());
            case "PendingDeletion" -> throw KeyRefusals.pendingDeletion(arn());
            default -> throw KeyRefusals.unavailable(arn());
        }
    }
}
