package dev.keystores.sandbox.external;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that takes a connection and ends it as soon as the client has said something. */
final class HangingUp implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    HangingUp() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read();
                }
            }
        } catch (IOException ended) {
            // The test is over.
        }
    }
}
