package dev.keystores.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** First bytes for a TLS port that no client should send. */
record MangledTls(Chance chance, byte[] hello) {

    static final String LAYER = "tls";

    /** As Java's own client begins. */
    static byte[] hello(SSLContext context, String host) {
        try {
            SSLEngine engine = context.createSSLEngine(host, 443);
            engine.setUseClientMode(true);
            ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (SSLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Sent mangled(RawRequest plain) {
        return Sent.unframed(
                LAYER,
                chance.call(
                        plain::bytes,
                        () -> chance.bytes(1 + chance.below(400)),
                        this::changed,
                        this::changed,
                        this::changed,
                        this::otherVersion,
                        this::otherLength,
                        () -> Arrays.copyOf(hello, chance.below(hello.length)),
                        () -> hello,
                        this::followed,
                        () -> record(chance.of(20, 21, 22, 23, 24, 99), chance.bytes(chance.below(300))),
                        this::otherName));
    }

    private byte[] changed() {
        byte[] bytes = hello.clone();
        for (int i = 0; i < 1 + chance.below(6); i++) {
            bytes[chance.below(bytes.length)] = (byte) chance.below(256);
        }
        return bytes;
    }

    /** SSL 3, TLS 1.0, TLS 1.1, and some that never were; in the record, in the message, or in both. */
    private byte[] otherVersion() {
        byte[] bytes = hello.clone();
        int version = chance.of(0, 1, 2, 4, 9, 255);
        bytes[2] = (byte) version;
        bytes[chance.of(2, 10)] = (byte) version;
        return bytes;
    }

    private byte[] otherLength() {
        byte[] bytes = hello.clone();
        bytes[chance.of(3, 4, 6, 7, 8)] += (byte) chance.of(-1, 1, 100).intValue();
        return bytes;
    }

    private byte[] followed() {
        byte[] rest = record(chance.of(20, 21, 22, 23), chance.bytes(chance.below(100)));
        byte[] bytes = Arrays.copyOf(hello, hello.length + rest.length);
        System.arraycopy(rest, 0, bytes, hello.length, rest.length);
        return bytes;
    }

    /** With other bytes where the host's name stands. */
    private byte[] otherName() {
        byte[] bytes = hello.clone();
        for (int at = 0; at < bytes.length - 4; at++) {
            if (new String(bytes, at, 4, StandardCharsets.ISO_8859_1).equals("conn")) {
                byte[] name = chance.bytes(4);
                System.arraycopy(name, 0, bytes, at, name.length);
            }
        }
        return bytes;
    }

    private static byte[] record(int type, byte[] content) {
        ByteBuffer bytes = ByteBuffer.allocate(5 + content.length);
        return bytes.put((byte) type)
                .put((byte) 3)
                .put((byte) 3)
                .putShort((short) content.length)
                .put(content)
                .array();
    }
}
