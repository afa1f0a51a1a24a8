package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.external.Encrypted;
import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Limit;
import java.util.Optional;

/**
 * A ciphertext that a call wants opened, and the key that made it. One whose key isn't in this account and Region, or is
 * gone, is refused like any other that can't be opened.
 */
record Ciphertext(FoundKey key, Encrypted sealed) {

    private static final String BLOB = "CiphertextBlob";
    private static final int LARGEST = 6144;

    /** @param keyMember where the call may say which key it expects */
    static Ciphertext of(WorldState world, Asked asked, Limit keyMember) {
        byte[] bytes = asked.input()
                .bytes(BLOB, 1, LARGEST)
                .orElseThrow(() -> asked.input().missing(BLOB));
        Optional<String> named = asked.input().text(keyMember);
        KeyBlob blob = KeyBlob.parse(bytes).orElseThrow(KeyRefusals::invalidCiphertext);
        if (named.isPresent() && !idOf(world, asked, named.get()).equals(blob.keyId())) {
            throw KeyRefusals.incorrectKey();
        }
        return FoundKey.byId(world, asked.scope(), blob.keyId())
                .map(found -> new Ciphertext(found.usable(), blob.sealed()))
                .orElseThrow(KeyRefusals::invalidCiphertext);
    }

    private static String idOf(WorldState world, Asked asked, String named) {
        return FoundKey.named(world, asked.scope(), named).key().id();
    }
}
