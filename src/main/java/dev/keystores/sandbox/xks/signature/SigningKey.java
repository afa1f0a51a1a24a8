package dev.keystores.sandbox.xks.signature;

import java.nio.charset.StandardCharsets;

/** What a secret access key becomes within one credential scope. */
final class SigningKey {

    private final byte[] key;

    private SigningKey(byte[] key) {
        this.key = key;
    }

    static SigningKey of(String secretAccessKey, CredentialScope scope) {
        byte[] secret = ("AWS4" + secretAccessKey).getBytes(StandardCharsets.UTF_8);
        byte[] ofDate = Sha256.hmac(secret, scope.date());
        byte[] ofRegion = Sha256.hmac(ofDate, scope.region());
        byte[] ofService = Sha256.hmac(ofRegion, scope.service());
        return new SigningKey(Sha256.hmac(ofService, "aws4_request"));
    }

    byte[] signatureOf(String text) {
        return Sha256.hmac(key, text);
    }
}
