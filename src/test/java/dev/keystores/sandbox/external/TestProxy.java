package dev.keystores.sandbox.external;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A TLS server that reads each request with code of its own and does with it what a test says. */
final class TestProxy implements AutoCloseable {

    private static final char[] NO_PASSWORD = new char[0];

    final List<Received> received = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();

    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile List<Reply> replies;

    /** A request with the name TLS asked for; header names in lower case. */
    record Received(String serverName, String line, Map<String, String> headers, byte[] body) {

        String path() {
            return line.split(" ")[1];
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private TestProxy(ServerSocket server, Reply... replies) {
        this.server = server;
        this.replies = List.of(replies);
        Thread.ofVirtual().start(this::accept);
    }

    /** The n-th request gets the n-th reply, and all later ones the last. */
    static TestProxy with(Authority.Identity identity, Reply... replies) {
        return new TestProxy(tls(identity), replies);
    }

    static TestProxy limitedTo(Authority.Identity identity, List<String> protocols, List<String> suites) {
        SSLServerSocket limited = tls(identity);
        limited.setEnabledProtocols(protocols.toArray(String[]::new));
        if (!suites.isEmpty()) {
            limited.setEnabledCipherSuites(suites.toArray(String[]::new));
        }
        return new TestProxy(limited, Reply.json(200, Answers.HEALTHY));
    }

    /** By TLS 1.2, where the server's no is a part of the handshake; in TLS 1.3 it races the client's request. */
    static TestProxy wantingAClientCertificate(Authority.Identity identity) {
        SSLServerSocket wanting = tls(identity);
        wanting.setEnabledProtocols(new String[] {"TLSv1.2"});
        wanting.setNeedClientAuth(true);
        return new TestProxy(wanting, Reply.json(200, Answers.HEALTHY));
    }

    static TestProxy withoutTls(Reply reply) {
        try {
            return new TestProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), reply);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    void reply(Reply... changed) {
        received.clear();
        replies = List.of(changed);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    Received onlyRequest() {
        if (received.size() != 1) {
            throw new AssertionError("Received " + received);
        }
        return received.getFirst();
    }

    @Override
    public void close() {
        closed(server);
        open.forEach(TestProxy::closed);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException ended) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Received request = read(serverName(socket), in);
            received.add(request);
            List<Reply> now = replies;
            now.get(Math.min(received.size(), now.size()) - 1).to(socket, in);
        } catch (IOException gone) {
            // What the client makes of it is the test.
        }
    }

    private static Received read(String serverName, InputStream in) throws IOException {
        String line = line(in);
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            if (colon < 0) {
                throw new IOException("That is no HTTP.");
            }
            headers.put(
                    header.substring(0, colon).toLowerCase(),
                    header.substring(colon + 1).strip());
        }
        return new Received(
                serverName,
                line,
                headers,
                in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
    }

    private static String serverName(Socket socket) {
        return socket instanceof SSLSocket tls && tls.getSession() instanceof ExtendedSSLSession session
                ? session.getRequestedServerNames().toString()
                : "";
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new IOException("The client hung up.");
            }
            line.write(read);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    private static SSLServerSocket tls(Authority.Identity identity) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry(
                    "proxy", identity.key(), NO_PASSWORD, identity.chain().toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void closed(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception ended) {
            // It was to end.
        }
    }
}
