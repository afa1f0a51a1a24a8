package dev.keystores.sandbox.external;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a {@link TestProxy} does once it has read a request. */
interface Reply {

    void to(Socket socket, InputStream in) throws IOException;

    static Reply json(int status, String body) {
        return raw("HTTP/1.1 %d Whatever\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body));
    }

    static Reply raw(String bytes) {
        return (socket, in) -> {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        };
    }

    /** Nothing, until the client hangs up. */
    static Reply silence() {
        return (socket, in) -> in.read();
    }

    /** An answer that never ends, for as long as anybody takes it. */
    static Reply flood() {
        return (socket, in) -> {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write(new byte[8192]);
            }
        };
    }

    /** A byte now and then, of an answer that would be a good one in the end. */
    static Reply trickle(String body) {
        return (socket, in) -> {
            CountDownLatch gone = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> awaitHangUp(in, gone));
            OutputStream out = socket.getOutputStream();
            String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.UTF_8));
            for (byte next : body.getBytes(StandardCharsets.UTF_8)) {
                out.write(next);
                out.flush();
                if (await(gone)) {
                    return;
                }
            }
        };
    }

    private static void awaitHangUp(InputStream in, CountDownLatch gone) {
        try {
            in.read();
        } catch (IOException hungUp) {
            // That is it.
        } finally {
            gone.countDown();
        }
    }

    private static boolean await(CountDownLatch gone) {
        try {
            return gone.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            return true;
        }
    }
}
