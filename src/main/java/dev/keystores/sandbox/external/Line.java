package dev.keystores.sandbox.external;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** A TLS connection to a proxy, for one request. */
record Line(Socket tcp, SSLSocket tls) implements AutoCloseable {

    @Override
    public void close() {
        closed(tls);
        closed(tcp);
    }

    /** What there was to say has been said, or can't be any more. */
    static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException ended) {
            // Nothing is left to end.
        }
    }
}
