package dev.keystores.kms;

import dev.keystores.keystore.KeyStoreId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;

/** Finds the KMS keys of one key store among all those of its account and Region, one after the other. */
final class KeysOf {

    private final Clients clients;
    private final Calling calling;
    private final Turn turn;
    private final KeyStoreId id;
    private final long until;
    private int keys;
    private int waiting;
    private @Nullable Instant deletedBy;
    private @Nullable KmsException denied;

    KeysOf(Clients clients, Calling calling, Turn turn, KeyStoreId id, Duration longest) {
        this.clients = clients;
        this.calling = calling;
        this.turn = turn;
        this.id = id;
        this.until = System.nanoTime() + longest.toNanos();
    }

    KeyCount count() {
        String marker = null;
        do {
            var page = page(marker);
            for (var key : page.keys()) {
                if (System.nanoTime() - until > 0) {
                    return counted(false);
                }
                add(key.keyId());
            }
            marker = Boolean.TRUE.equals(page.truncated()) ? page.nextMarker() : null;
        } while (marker != null);
        return counted(true);
    }

    private KeyCount counted(boolean all) {
        if (keys == 0 && denied != null) {
            throw denied;
        }
        return new KeyCount(keys, waiting, deletedBy, all && denied == null);
    }

    private ListKeysResponse page(@Nullable String marker) {
        return calling.call(
                turn,
                "kms:ListKeys",
                call -> clients.kms(turn.target())
                        .listKeys(request -> request.marker(marker).limit(1000).overrideConfiguration(call)));
    }

    private void add(String key) {
        try {
            addSeen(key);
        } catch (KmsException failure) {
            if (failure.reason() != Reason.ACCESS_DENIED) {
                throw failure;
            }
            // The key's own policy may keep it from us.
            denied = failure;
        }
    }

    private void addSeen(String key) {
        var found = calling.call(
                turn,
                "kms:DescribeKey",
                call -> clients.kms(turn.target())
                        .describeKey(request -> request.keyId(key).overrideConfiguration(call))
                        .keyMetadata());
        if (id.value().equals(found.customKeyStoreId())) {
            keys++;
            addWaiting(found);
        }
    }

    private void addWaiting(KeyMetadata key) {
        if (key.keyState() == KeyState.PENDING_DELETION) {
            waiting++;
            var at = key.deletionDate();
            deletedBy = at != null && (deletedBy == null || at.isAfter(deletedBy)) ? at : deletedBy;
        }
    }
}
