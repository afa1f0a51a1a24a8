package dev.keystores.sandbox.external;

import java.io.IOException;
import java.net.Socket;

/** A connection to a proxy, for one request. */
record Line(Socket tcp) implements AutoCloseable {

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
