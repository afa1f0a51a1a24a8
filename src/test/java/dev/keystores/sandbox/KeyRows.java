package dev.keystores.sandbox;

import dev.keystores.sandbox.xks.key.ExternalKey;
import dev.keystores.sandbox.xks.key.KeyStatus;
import dev.keystores.sandbox.xks.key.KeyUsage;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;

/** Keys in a store: making one, and working with it. */
final class KeyRows {

    private static final String CLOUDHSM = "CreateKey, CloudHSM";
    private static final String EXTERNAL = "CreateKey, external";
    private static final String USE = "Encrypt";

    private KeyRows() {}

    static void add(Preconditions rows) {
        rows.row(CLOUDHSM, "none", stage -> onCluster(stage, call -> {}));
        rows.row(
                CLOUDHSM,
                "the store is unknown",
                stage -> stage.kms.createKey(
                        call -> call.customKeyStoreId("cks-unknown").origin("AWS_CLOUDHSM")));
        rows.row(CLOUDHSM, "no store is given", stage -> stage.kms.createKey(call -> {}));
        rows.row(
                CLOUDHSM,
                "the origin is another one",
                stage -> onCluster(stage, call -> call.origin("EXTERNAL_KEY_STORE")));
        rows.row(
                CLOUDHSM,
                "the key spec isn't SYMMETRIC_DEFAULT",
                stage -> onCluster(stage, call -> call.keySpec("RSA_2048")));
        rows.row(CLOUDHSM, "it is of several Regions", stage -> onCluster(stage, call -> call.multiRegion(true)));
        rows.row(
                CLOUDHSM,
                "an external key is given",
                stage -> onCluster(stage, call -> call.xksKeyId("sandbox-key-1")));
        rows.row(CLOUDHSM, "the cluster has one active HSM", stage -> {
            String id = stage.connected(stage.create(Stage.on("mine", stage.cluster('A'))));
            stage.turn('A').activeHsms(1);
            stage.kms.createKey(call -> call.customKeyStoreId(id).origin("AWS_CLOUDHSM"));
        });
        rows.row(EXTERNAL, "none", stage -> atProxy(stage, "sandbox-key-1"));
        rows.row(EXTERNAL, "no external key is given", stage -> atProxy(stage, null));
        rows.row(EXTERNAL, "the external key is unknown", stage -> atProxy(stage, "no-such-key"));
        rows.row(EXTERNAL, "the external key is another key's", stage -> {
            String id = withKey(stage);
            stage.kms.createKey(call ->
                    call.customKeyStoreId(id).origin("EXTERNAL_KEY_STORE").xksKeyId("sandbox-key-1"));
        });
        rows.row(EXTERNAL, "the external key is DISABLED", stage -> {
            stage.proxy().key(ExternalKey.generated("mine").withStatus(KeyStatus.DISABLED));
            atProxy(stage, "mine");
        });
        rows.row(EXTERNAL, "the external key isn't AES_256", stage -> {
            stage.proxy().key(ExternalKey.generated("mine").withKeySpec("RSA_2048"));
            atProxy(stage, "mine");
        });
        rows.row(EXTERNAL, "the external key can't DECRYPT", stage -> {
            stage.proxy().key(ExternalKey.generated("mine").withUsages(List.of(KeyUsage.ENCRYPT)));
            atProxy(stage, "mine");
        });
        rows.row(EXTERNAL, "nobody listens at the proxy's host", stage -> {
            String id = stage.connected(stage.create(Stage.at("mine", Stage.SPARE_HOST)));
            stage.proxy().down(true);
            stage.kms.createKey(call ->
                    call.customKeyStoreId(id).origin("EXTERNAL_KEY_STORE").xksKeyId("sandbox-key-1"));
        });
        addUse(rows);
    }

    private static void addUse(Preconditions rows) {
        rows.row(USE, "none", stage -> encrypt(stage, keyIn(stage)));
        rows.row(USE, "the key is unknown", stage -> encrypt(stage, "12345678-1234-1234-1234-123456789012"));
        rows.row(USE, "the key is disabled", stage -> {
            String key = keyIn(stage);
            stage.kms.disableKey(call -> call.keyId(key));
            encrypt(stage, key);
        });
        rows.row(USE, "the key is pending deletion", stage -> {
            String key = keyIn(stage);
            stage.kms.scheduleKeyDeletion(call -> call.keyId(key));
            encrypt(stage, key);
        });
        rows.row(USE, "nobody listens at the proxy's host", stage -> {
            String key = keyIn(stage);
            stage.proxy().down(true);
            encrypt(stage, key);
        });
        rows.row("EnableKeyRotation", "the key is in a custom key store", stage -> {
            String key = keyIn(stage);
            stage.kms.enableKeyRotation(call -> call.keyId(key));
        });
        rows.row("GetKeyRotationStatus", "the key is in a custom key store", stage -> {
            String key = keyIn(stage);
            stage.kms.getKeyRotationStatus(call -> call.keyId(key));
        });
        rows.row("Decrypt", "the encryption context is another one", stage -> {
            String key = keyIn(stage);
            SdkBytes sealed = stage.kms
                    .encrypt(call -> call.keyId(key).plaintext(SdkBytes.fromUtf8String("word")))
                    .ciphertextBlob();
            stage.kms.decrypt(call -> call.ciphertextBlob(sealed).encryptionContext(Map.of("a", "b")));
        });
    }

    /** A connected external key store with a key on {@code sandbox-key-1}; its id. */
    static String withKey(Stage stage) {
        String id = stage.connected(stage.create(Stage.at("with-key", Stage.SPARE_HOST)));
        stage.kms.createKey(
                call -> call.customKeyStoreId(id).origin("EXTERNAL_KEY_STORE").xksKeyId("sandbox-key-1"));
        return id;
    }

    private static String keyIn(Stage stage) {
        withKey(stage);
        return stage.kms.listKeys().keys().getFirst().keyId();
    }

    private static void encrypt(Stage stage, String key) {
        stage.kms.encrypt(call -> call.keyId(key).plaintext(SdkBytes.fromUtf8String("word")));
    }

    private static void onCluster(Stage stage, Consumer<CreateKeyRequest.Builder> more) {
        String id = stage.connected(stage.create(Stage.on("mine", stage.cluster('A'))));
        stage.kms.createKey(call -> more.accept(call.customKeyStoreId(id).origin("AWS_CLOUDHSM")));
    }

    private static void atProxy(Stage stage, String xksKeyId) {
        String id = stage.connected(stage.create(Stage.at("mine", Stage.SPARE_HOST)));
        stage.kms.createKey(
                call -> call.customKeyStoreId(id).origin("EXTERNAL_KEY_STORE").xksKeyId(xksKeyId));
    }
}
