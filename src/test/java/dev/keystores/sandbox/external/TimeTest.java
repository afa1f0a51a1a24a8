package dev.keystores.sandbox.external;

import static dev.keystores.sandbox.external.Trouble.NOT_REACHABLE;
import static dev.keystores.sandbox.external.Trouble.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How KMS waits, and for what. Each case is sure to end by its time-out, and none depends on how soon. */
class TimeTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Caller.PATIENT.answer();
    private static final Reply HEALTHY = Reply.json(200, Answers.HEALTHY);

    private final Authority authority = Authority.root("Root");

    @Test
    void waitsForNoAnswerMoreThanTwice() {
        try (TestProxy proxy = TestProxy.with(authority.server(Caller.HOST), Reply.silence())) {
            assertThat(Caller.troubleOf(health(proxy.address(), new Patience(LONG, LONG, SHORT))))
                    .isEqualTo(TIMED_OUT);
            assertThat(proxy.received).hasSize(2);
            assertThat(proxy.connections).hasValue(2);
        }
    }

    @Test
    void isContentWithTheSecondAnswer() {
        // The second answer has to come in time, so this patience is longer than the others.
        Patience patience = new Patience(LONG, LONG, Duration.ofSeconds(3));
        try (TestProxy proxy = TestProxy.with(authority.server(Caller.HOST), Reply.silence(), HEALTHY)) {
            Caller.answer(health(proxy.address(), patience));
            assertThat(proxy.received).hasSize(2);
        }
    }

    @Test
    void countsAnAnswerThatTricklesAsNone() {
        try (TestProxy proxy = TestProxy.with(authority.server(Caller.HOST), Reply.trickle(Answers.HEALTHY))) {
            assertThat(Caller.troubleOf(health(proxy.address(), new Patience(LONG, LONG, SHORT))))
                    .isEqualTo(TIMED_OUT);
            assertThat(proxy.received).hasSize(2);
        }
    }

    @Test
    void asksNoSecondTimeAfterAnError() {
        try (TestProxy proxy = TestProxy.with(
                authority.server(Caller.HOST),
                Reply.json(503, "{\"errorName\": \"DependencyTimeoutException\"}"),
                HEALTHY)) {
            assertThat(Caller.troubleOf(health(proxy.address(), Caller.PATIENT)))
                    .isEqualTo(Trouble.DEPENDENCY_TIMEOUT);
            assertThat(proxy.received).hasSize(1);
        }
    }

    @Test
    void waitsForNoHandshakeMoreThanTwice() throws IOException {
        try (ServerSocket mute = loopback(50)) {
            assertThat(Caller.troubleOf(health(addressOf(mute), new Patience(LONG, SHORT, LONG))))
                    .isEqualTo(TIMED_OUT);
            assertThat(waitingAt(mute)).isEqualTo(2);
        }
    }

    @Test
    void reachesNoPortThatRefuses() throws IOException {
        InetSocketAddress closed;
        try (ServerSocket once = loopback(1)) {
            closed = addressOf(once);
        }

        assertThat(Caller.troubleOf(health(closed, Caller.PATIENT))).isEqualTo(NOT_REACHABLE);
    }

    @Test
    void reachesNothingWhereConnectionsEndInABlackHole() throws IOException {
        List<Socket> crowd = new ArrayList<>();
        try (ServerSocket full = loopback(1)) {
            // Linux lets one more wait than the backlog says, and then drops whoever knocks.
            for (int i = 0; i < 2; i++) {
                crowd.add(new Socket(full.getInetAddress(), full.getLocalPort()));
            }
            assertThat(Caller.troubleOf(health(addressOf(full), new Patience(SHORT, LONG, LONG))))
                    .isEqualTo(NOT_REACHABLE);
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    @Test
    void hasNoPatienceThatASocketWouldTakeForEver() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Patience(Duration.ZERO, LONG, LONG))
                .withMessageStartingWith("patience: must be a millisecond at least");
    }

    private Outcome<ProxyHealth> health(InetSocketAddress proxy, Patience patience) {
        return Caller.client(authority, proxy, new SettableInstant(Caller.NOW), patience)
                .getHealthStatus(Caller.ACCESS, Caller.CONNECT);
    }

    /** How many have connected, of whom all have been left by now. */
    private static int waitingAt(ServerSocket server) throws IOException {
        server.setSoTimeout(1);
        int waiting = 0;
        try {
            while (true) {
                server.accept().close();
                waiting++;
            }
        } catch (SocketTimeoutException nobodyElse) {
            return waiting;
        }
    }

    private static ServerSocket loopback(int backlog) throws IOException {
        return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
    }

    private static InetSocketAddress addressOf(ServerSocket server) {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }
}
