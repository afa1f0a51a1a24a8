package dev.keystores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a server on this machine, which a test can cut and mend. */
final class Cable implements AutoCloseable {

    private final int to;
    private final int port;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket entrance;

    Cable(int to) {
        this.to = to;
        this.entrance = open(0);
        this.port = entrance.getLocalPort();
        accept(entrance);
    }

    int port() {
        return port;
    }

    /** Whatever is under way breaks, and nobody gets through any more. */
    void cut() {
        try {
            entrance.close();
            for (var end : ends) {
                end.close();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    void mend() {
        entrance = open(port);
        accept(entrance);
    }

    @Override
    public void close() {
        cut();
    }

    private static ServerSocket open(int port) {
        try {
            return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    private void accept(ServerSocket listening) {
        Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    var here = listening.accept();
                    var there = new Socket(InetAddress.getLoopbackAddress(), to);
                    ends.add(here);
                    ends.add(there);
                    if (listening.isClosed()) {
                        // It came as the cable was cut, and whoever cut it may not have seen it.
                        here.close();
                        there.close();
                    }
                    Thread.startVirtualThread(() -> copy(here, there));
                    Thread.startVirtualThread(() -> copy(there, here));
                }
            } catch (IOException cut) {
                // That is what it is for.
            }
        });
    }

    private void copy(Socket from, Socket into) {
        try (from;
                into) {
            from.getInputStream().transferTo(into.getOutputStream());
        } catch (IOException cut) {
            // That is what it is for.
        } finally {
            ends.remove(from);
        }
    }
}
