package dev.keystores.sandbox.external;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/**
 * KMS's side of the XKS Proxy API, version 1. Calls block, for at most twice the time of {@link Patience} altogether, and
 * may come from many threads at once. What a proxy does or doesn't do is an {@link Outcome}, never an exception.
 */
public final class ProxyClient {

    private final Attempts attempts;

    /** @param clock what signatures are dated with and certificates are checked at; time-outs are real time */
    public ProxyClient(Names names, Trust trust, Clock clock, Patience patience) {
        this.attempts = new Attempts(new Lines(names, trust, clock, patience));
    }

    public Outcome<ProxyHealth> getHealthStatus(Access access, RequestMetadata metadata) {
        return call(access, Api.GET_HEALTH_STATUS, "/health", metadata.body(), ProxyHealth::of);
    }

    public Outcome<KeyMetadata> getKeyMetadata(ExternalKey key, RequestMetadata metadata) {
        return call(key.access(), Api.GET_KEY_METADATA, key.path("metadata"), metadata.body(), KeyMetadata::of);
    }

    /** Asks for the value that tells whether what was encrypted came back whole, and checks it. */
    public Outcome<Encrypted> encrypt(
            ExternalKey key, RequestMetadata metadata, byte[] plaintext, byte[] additionalAuthenticatedData) {
        ObjectNode body = cryptoBody(metadata, additionalAuthenticatedData)
                .put("plaintext", base64(plaintext))
                .put("ciphertextDataIntegrityValueAlgorithm", "SHA_256");
        return call(key.access(), Api.ENCRYPT, key.path("encrypt"), body, answer -> {
            Encrypted encrypted = Encrypted.of(answer);
            encrypted.requireLength(plaintext.length);
            encrypted.requireIntegrity(additionalAuthenticatedData, answer.bytes("ciphertextDataIntegrityValue"));
            return encrypted;
        });
    }

    public Outcome<byte[]> decrypt(
            ExternalKey key, RequestMetadata metadata, Encrypted encrypted, byte[] additionalAuthenticatedData) {
        ObjectNode body = cryptoBody(metadata, additionalAuthenticatedData);
        encrypted.putInto(body);
        return call(key.access(), Api.DECRYPT, key.path("decrypt"), body, answer -> {
            byte[] plaintext = answer.bytes("plaintext");
            encrypted.requireLength(plaintext.length);
            return plaintext;
        });
    }

    private <T> Outcome<T> call(
            Access access, Api api, String operation, ObjectNode body, AnswerMembers.Reading<T> reading) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        try {
            Exchange.Response response =
                    attempts.response(access, access.address().path() + operation, bytes);
            return new Outcome.Answer<>(reading.of(answer(api, response)));
        } catch (CallFailed failed) {
            return failed.outcome();
        }
    }

    private static AnswerMembers answer(Api api, Exchange.Response response) throws CallFailed {
        if (response.status() != 200) {
            throw Refusal.of(response).as(api);
        }
        return AnswerMembers.parse(response.body());
    }

    private static ObjectNode cryptoBody(RequestMetadata metadata, byte[] additionalAuthenticatedData) {
        ObjectNode body = metadata.body().put("encryptionAlgorithm", "AES_GCM");
        if (additionalAuthenticatedData.length > 0) {
            body.put("additionalAuthenticatedData", base64(additionalAuthenticatedData));
        }
        return body;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
