package dev.keystores.sandbox.kms.model;

import dev.keystores.sandbox.cloudhsm.AesGcm;
import dev.keystores.sandbox.cloudhsm.Sealed;
import dev.keystores.sandbox.data.Secret;

/**
 * KMS's own encryption under that of an external key (KMS Developer Guide, keystore-external): what a proxy is asked to
 * encrypt is a ciphertext already, so a plaintext never leaves KMS.
 */
public record OwnLayer(Secret material) {

    /** By how much a ciphertext is longer than its plaintext. */
    public static final int BYTES = Sealed.BYTES_BESIDE_TEXT;

    public byte[] put(byte[] plaintext, byte[] bound) {
        return AesGcm.seal(material, plaintext, bound).joined();
    }

    public byte[] taken(byte[] ciphertext, byte[] bound) {
        return Sealed.split(ciphertext)
                .flatMap(inner -> AesGcm.open(material, inner, bound))
                .orElseThrow(KeyRefusals::invalidCiphertext);
    }
}
