package dev.keystores.sandbox.xks;

import dev.keystores.sandbox.xks.key.ExternalKey;
import dev.keystores.sandbox.xks.key.ExternalKeys;
import dev.keystores.sandbox.xks.key.KeyStatus;
import dev.keystores.sandbox.xks.key.KeyUsage;
import dev.keystores.sandbox.xks.key.Sealed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What one proxy does, once it knows who asks. */
record Operations(Proxy proxy, ExternalKeys keys) {

    private static final String VENDOR = "Key Store Connector";

    JsonNode answer(Operation operation, Body body) {
        return switch (operation) {
            case Operation.GetHealthStatus health -> health(body);
            case Operation.GetKeyMetadata asked -> metadata(asked.keyId(), body);
            case Operation.Encrypt asked -> encrypt(asked.keyId(), EncryptRequest.of(body));
            case Operation.Decrypt asked -> decrypt(asked.keyId(), DecryptRequest.of(body));
        };
    }

    private JsonNode health(Body body) {
        body.requireMetadata("kmsOperation", "kmsRequestId");
        ObjectNode answer = object().put("xksProxyFleetSize", 1)
                .put("xksProxyVendor", VENDOR)
                .put("xksProxyModel", "Sandbox proxy 1")
                .put("ekmVendor", VENDOR);
        ArrayNode details = answer.putArray("ekmFleetDetails");
        for (KeyManagerHealth health : proxy.answers().keyManagers()) {
            details.addObject()
                    .put("id", "key-manager-" + details.size())
                    .put("model", "Sandbox key manager 1")
                    .put("healthStatus", health.name());
        }
        return answer;
    }

    private JsonNode metadata(String keyId, Body body) {
        body.requireMetadata("awsPrincipalArn", "kmsOperation", "kmsRequestId");
        ExternalKey key = find(keyId);
        ObjectNode answer = object().put("keySpec", key.keySpec());
        ArrayNode usages = answer.putArray("keyUsage");
        key.usages().forEach(usage -> usages.add(usage.name()));
        return answer.put("keyStatus", key.status().name());
    }

    private JsonNode encrypt(String keyId, EncryptRequest request) {
        ExternalKey key = usable(keyId, KeyUsage.ENCRYPT);
        if (request.integrityWanted()) {
            require(key, KeyUsage.DECRYPT);
        }
        Sealed sealed = key.seal(request.plaintext(), request.aad());
        ObjectNode answer = object().put("ciphertext", sealed.ciphertext())
                .put("ciphertextMetadata", sealed.metadata())
                .put("initializationVector", sealed.iv())
                .put("authenticationTag", sealed.tag());
        return request.integrityWanted() ? withIntegrityValue(answer, key, sealed, request.aad()) : answer;
    }

    /** In the order of appendix C: the value first, and then proof that what it covers can be decrypted. */
    private static JsonNode withIntegrityValue(ObjectNode answer, ExternalKey key, Sealed sealed, byte[] aad) {
        answer.put("ciphertextDataIntegrityValue", sealed.integrityValue(aad));
        if (key.open(sealed, aad).isEmpty()) {
            throw new RequestRefused(ErrorName.INTERNAL, "What was just encrypted can't be decrypted.");
        }
        return answer;
    }

    private JsonNode decrypt(String keyId, DecryptRequest request) {
        byte[] plaintext = usable(keyId, KeyUsage.DECRYPT)
                .open(request.sealed(), request.aad())
                .orElseThrow(() -> new RequestRefused(
                        ErrorName.INVALID_CIPHERTEXT,
                        "Ciphertext, its metadata, initialization vector, authentication tag or additional"
                                + " authenticated data are not what they were, or the key is another."));
        return object().put("plaintext", plaintext);
    }

    private ExternalKey usable(String keyId, KeyUsage usage) {
        ExternalKey key = find(keyId);
        if (key.status() == KeyStatus.DISABLED) {
            throw new RequestRefused(ErrorName.INVALID_STATE, "The key is disabled.");
        }
        require(key, usage);
        return key;
    }

    private ExternalKey find(String keyId) {
        if (!proxy.answers().anyKeyManagerServes()) {
            throw new RequestRefused(ErrorName.INTERNAL, "No key manager is available.");
        }
        return keys.find(proxy.host(), keyId)
                .orElseThrow(() -> new RequestRefused(ErrorName.KEY_NOT_FOUND, "There is no such key."));
    }

    private static void require(ExternalKey key, KeyUsage usage) {
        if (!key.allows(usage)) {
            throw new RequestRefused(ErrorName.INVALID_KEY_USAGE, "The key is not for " + usage + ".");
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
