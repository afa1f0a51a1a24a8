package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.external.Encrypted;
import dev.keystores.sandbox.kms.model.OwnLayer;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** {@code CiphertextBlob}: which key made it, and all that this key's store needs to undo it. Opaque to everybody else. */
record KeyBlob(String keyId, Encrypted sealed) {

    private static final byte FORMAT = 1;
    private static final int UUID_BYTES = 16;
    private static final int TAG_BYTES = 16;
    private static final int LONGEST_METADATA = 20;
    private static final int LONGEST_CIPHERTEXT = 4096 + OwnLayer.BYTES;

    /** Empty for what isn't one. */
    static Optional<KeyBlob> parse(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            if (in.get() != FORMAT) {
                return Optional.empty();
            }
            UUID id = new UUID(in.getLong(), in.getLong());
            byte[] iv = taken(in, Byte.toUnsignedInt(in.get()));
            byte[] tag = taken(in, TAG_BYTES);
            byte[] metadata = taken(in, Byte.toUnsignedInt(in.get()));
            byte[] ciphertext = taken(in, in.remaining());
            KeyBlob blob = new KeyBlob(id.toString(), new Encrypted(ciphertext, iv, tag, metadata));
            return blob.possible() ? Optional.of(blob) : Optional.empty();
        } catch (BufferUnderflowException tooShort) {
            return Optional.empty();
        }
    }

    byte[] bytes() {
        UUID id = UUID.fromString(keyId);
        int length = 1
                + UUID_BYTES
                + 1
                + sealed.initializationVector().length
                + TAG_BYTES
                + 1
                + sealed.ciphertextMetadata().length
                + sealed.ciphertext().length;
        return ByteBuffer.allocate(length)
                .put(FORMAT)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put((byte) sealed.initializationVector().length)
                .put(sealed.initializationVector())
                .put(sealed.authenticationTag())
                .put((byte) sealed.ciphertextMetadata().length)
                .put(sealed.ciphertextMetadata())
                .put(sealed.ciphertext())
                .array();
    }

    /** What no key can have made isn't worth a question to its store. */
    private boolean possible() {
        int iv = sealed.initializationVector().length;
        int text = sealed.ciphertext().length;
        return (iv == 12 || iv == 16)
                && sealed.ciphertextMetadata().length <= LONGEST_METADATA
                && text >= 1
                && text <= LONGEST_CIPHERTEXT;
    }

    private static byte[] taken(ByteBuffer in, int number) {
        byte[] bytes = new byte[number];
        in.get(bytes);
        return bytes;
    }
}
