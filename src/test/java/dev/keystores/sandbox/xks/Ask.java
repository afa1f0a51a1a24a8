package dev.keystores.sandbox.xks;

import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The body of a request about a key, as KMS sends it; anything in it can be changed. */
final class Ask {

    private final ObjectNode body = JsonMapper.shared().createObjectNode();

    private Ask(String kmsOperation) {
        body.putObject("requestMetadata")
                .put("awsPrincipalArn", "arn:aws:iam::111122223333:user/Alice")
                .put("kmsKeyArn", "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
                .put("kmsOperation", kmsOperation)
                .put("kmsRequestId", "4112f4d6-db54-4af4-ae30-c55a22a8dfae");
    }

    static Ask metadata() {
        return new Ask("CreateKey").withoutMetadata("kmsKeyArn");
    }

    static Ask encrypt(byte[] plaintext) {
        return new Ask("Encrypt").with("encryptionAlgorithm", "AES_GCM").with("plaintext", plaintext);
    }

    /** What an encryption left. */
    static Ask decrypt(Answer encrypted) {
        return new Ask("Decrypt")
                .with("encryptionAlgorithm", "AES_GCM")
                .with("ciphertext", encrypted.text("ciphertext"))
                .with("ciphertextMetadata", encrypted.text("ciphertextMetadata"))
                .with("initializationVector", encrypted.text("initializationVector"))
                .with("authenticationTag", encrypted.text("authenticationTag"));
    }

    Ask with(String member, String value) {
        body.put(member, value);
        return this;
    }

    Ask with(String member, byte[] value) {
        return with(member, Base64.getEncoder().encodeToString(value));
    }

    Ask withAad(String aad) {
        return with("additionalAuthenticatedData", aad.getBytes());
    }

    Ask without(String member) {
        body.remove(member);
        return this;
    }

    Ask withoutMetadata(String member) {
        ((ObjectNode) body.path("requestMetadata")).remove(member);
        return this;
    }

    Ask withMetadata(String member, String value) {
        ((ObjectNode) body.path("requestMetadata")).put(member, value);
        return this;
    }

    Call of(String host, String keyId, String what) {
        return Call.of(host, "/kms/xks/v1/keys/" + keyId + "/" + what, body.toString());
    }
}
