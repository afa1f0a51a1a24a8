package dev.keystores.sandbox.external;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** A TLS connection to a proxy, for one request. */
record Line(Socket tcp, SSLSocket tls) implements AutoCloseable {

    /** Takes leave as TLS has it, which a peer that goes on sending can draw out. */
    void hangUp() {
        closed(tls);
    }

    @Override
    public void close() {
        closed(tcp);
    }

    static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException ended) {
            // It was to end, and has.
        }
    }
}
