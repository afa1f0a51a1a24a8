package dev.keystores.sandbox.cloudhsm;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** What AES-GCM makes of a plaintext. */
public record Sealed(byte[] initializationVector, byte[] ciphertext, byte[] authenticationTag) {

    public static final int BYTES_BESIDE_TEXT = AesGcm.IV_BYTES + AesGcm.TAG_BYTES;

    /** The opposite of {@link #joined}; empty for what is too short. */
    public static Optional<Sealed> split(byte[] joined) {
        int text = joined.length - AesGcm.TAG_BYTES;
        return text < AesGcm.IV_BYTES
                ? Optional.empty()
                : Optional.of(new Sealed(
                        Arrays.copyOf(joined, AesGcm.IV_BYTES),
                        Arrays.copyOfRange(joined, AesGcm.IV_BYTES, text),
                        Arrays.copyOfRange(joined, text, joined.length)));
    }

    public byte[] joined() {
        return ByteBuffer.allocate(ciphertext.length + BYTES_BESIDE_TEXT)
                .put(initializationVector)
                .put(ciphertext)
                .put(authenticationTag)
                .array();
    }
}
