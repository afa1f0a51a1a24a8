package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.model.Arns;
import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.Key;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.wire.Scope;
import java.math.BigDecimal;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code KeyMetadata} as the KMS API has it. */
final class KeyEntry {

    private KeyEntry() {}

    static ObjectNode of(Key key, KeyStore store, Scope scope) {
        String state = key.state(store);
        ObjectNode entry = JsonNodeFactory.instance
                .objectNode()
                .put("AWSAccountId", scope.account())
                .put("KeyId", key.id())
                .put("Arn", Arns.key(scope, key.id()))
                .put("CreationDate", seconds(key.created()))
                .put("Enabled", state.equals("Enabled"))
                .put("Description", key.description())
                .put("KeyUsage", "ENCRYPT_DECRYPT")
                .put("KeyState", state)
                .put("KeyManager", "CUSTOMER")
                .put("CustomKeyStoreId", store.id())
                .put("CustomerMasterKeySpec", "SYMMETRIC_DEFAULT")
                .put("KeySpec", "SYMMETRIC_DEFAULT")
                .put("MultiRegion", false);
        entry.putArray("EncryptionAlgorithms").add("SYMMETRIC_DEFAULT");
        key.pendingDeletion().ifPresent(gone -> entry.put("DeletionDate", seconds(gone)));
        putBacking(entry, key, store);
        return entry;
    }

    private static void putBacking(ObjectNode entry, Key key, KeyStore store) {
        switch (store.backing()) {
            case Backing.CloudHsm cloudHsm ->
                entry.put("Origin", "AWS_CLOUDHSM").put("CloudHsmClusterId", cloudHsm.clusterId());
            case Backing.External external ->
                entry.put("Origin", "EXTERNAL_KEY_STORE")
                        .putObject("XksKeyConfiguration")
                        .put("Id", key.xksKeyId());
        }
    }

    static BigDecimal seconds(Instant moment) {
        return BigDecimal.valueOf(moment.toEpochMilli(), 3);
    }
}
