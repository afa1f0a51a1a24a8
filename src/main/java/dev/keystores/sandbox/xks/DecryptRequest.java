package dev.keystores.sandbox.xks;

import dev.keystores.sandbox.xks.key.Sealed;

/** @param aad additional authenticated data */
record DecryptRequest(Sealed sealed, byte[] aad) {

    private static final int LARGEST_METADATA = 20;
    private static final int TAG_BYTES = 16;

    static DecryptRequest of(Body body) {
        body.requireMetadata("awsPrincipalArn", "kmsKeyArn", "kmsOperation", "kmsRequestId");
        body.require("encryptionAlgorithm", "AES_GCM");
        Sealed sealed =
                new Sealed(metadata(body), iv(body), body.bytes("ciphertext", EncryptRequest.LARGEST_TEXT), tag(body));
        return new DecryptRequest(sealed, body.bytesIfAny("additionalAuthenticatedData", EncryptRequest.LARGEST_AAD));
    }

    private static byte[] metadata(Body body) {
        byte[] metadata = body.bytesIfAny("ciphertextMetadata", Integer.MAX_VALUE);
        if (metadata.length > LARGEST_METADATA) {
            throw new RequestRefused(ErrorName.VALIDATION, "ciphertextMetadata must not be longer than 20 bytes");
        }
        return metadata;
    }

    private static byte[] iv(Body body) {
        byte[] iv = body.bytes("initializationVector", Integer.MAX_VALUE);
        if (iv.length != 12 && iv.length != 16) {
            throw new RequestRefused(ErrorName.INVALID_CIPHERTEXT, "initializationVector must have 12 or 16 bytes");
        }
        return iv;
    }

    private static byte[] tag(Body body) {
        byte[] tag = body.bytes("authenticationTag", Integer.MAX_VALUE);
        if (tag.length != TAG_BYTES) {
            throw new RequestRefused(ErrorName.INVALID_CIPHERTEXT, "authenticationTag must have 16 bytes");
        }
        return tag;
    }
}
