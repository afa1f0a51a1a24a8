package dev.keystores.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;

/** Sends bytes as they are, over a kept connection where the end of an answer can be told. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Dial dial;
    private Socket kept;

    /** Opens a connection. */
    @FunctionalInterface
    interface Dial {
        Socket open() throws IOException;
    }

    /** @param ended whether the connection broke or ended before there was as much as expected */
    record Said(byte[] bytes, List<Heard> answers, boolean ended) {}

    /** Nothing came, and the connection stayed open. */
    static final class Hang extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Hang(String message) {
            super(message);
        }
    }

    RawClient(Dial dial) {
        this.dial = dial;
    }

    Said send(Sent sent) throws IOException {
        if (!sent.framed()) {
            return alone(sent);
        }
        boolean fresh = kept == null;
        Said said = once(sent);
        // A kept connection may have been closed just when the request was on its way.
        return said.ended() && said.bytes().length == 0 && !fresh ? once(sent) : said;
    }

    private Said once(Sent sent) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        if (kept == null) {
            kept = dialled();
        }
        try {
            kept.getOutputStream().write(sent.bytes());
            kept.getOutputStream().flush();
            Optional<Heard> answer = Optional.empty();
            byte[] buffer = new byte[16_384];
            while (answer.isEmpty()) {
                int read = kept.getInputStream().read(buffer);
                if (read < 0) {
                    close();
                    return new Said(heard.toByteArray(), List.of(), true);
                }
                heard.write(buffer, 0, read);
                answer = Heard.first(heard, sent.isHead());
            }
            if (answer.get().closes()) {
                close();
            }
            return new Said(heard.toByteArray(), List.of(answer.get()), false);
        } catch (SocketTimeoutException silent) {
            close();
            throw new Hang("no answer, and no end");
        } catch (IOException broken) {
            close();
            return new Said(heard.toByteArray(), List.of(), true);
        }
    }

    /** Says that there will be no more, and listens until the other side has no more to say either. */
    private Said alone(Sent sent) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (Socket socket = dialled()) {
            boolean ended = false;
            try {
                socket.getOutputStream().write(sent.bytes());
                socket.getOutputStream().flush();
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                in.transferTo(heard);
            } catch (SocketTimeoutException silent) {
                throw new Hang("the connection stays open after " + heard.size() + " bytes");
            } catch (IOException broken) {
                ended = true;
            }
            boolean http = !ended && !sent.layer().equals(MangledTls.LAYER);
            return new Said(heard.toByteArray(), http ? Heard.all(heard.toByteArray()) : List.of(), ended);
        }
    }

    private Socket dialled() throws IOException {
        Socket socket = dial.open();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public void close() throws IOException {
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }
}
