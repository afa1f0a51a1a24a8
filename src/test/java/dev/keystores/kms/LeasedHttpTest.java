package dev.keystores.kms;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** On a real connection to a server that notes what reaches it. */
class LeasedHttpTest {

    private static final String BODY = "body of a request";

    private final Lease lease = Lease.lasting(Duration.ofMinutes(1));
    private final LeasedHttp http = new LeasedHttp(ApacheHttpClient.builder()
            .dnsResolver(host -> connecting())
            .socketTimeout(Duration.ofMillis(500))
            .build());
    private Runnable slowly = () -> {};
    private ServerSocket server;
    private CompletableFuture<String> arrived;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        arrived = CompletableFuture.supplyAsync(this::text);
    }

    @AfterEach
    void close() throws IOException {
        http.close();
        server.close();
    }

    @Test
    void makesNoConnectionOnceTheLeaseHasEnded() throws IOException {
        lease.end();

        assertThatThrownBy(this::call).isInstanceOf(LeaseEnded.class);

        server.close();
        assertThat(arrived.join()).isEqualTo("nobody");
    }

    @Test
    void sendsNoWholeRequestWhereTheLeaseEndsWhileItConnects() {
        slowly = lease::end;

        assertThatThrownBy(this::call).isInstanceOf(LeaseEnded.class);

        http.close();
        assertThat(arrived.join()).doesNotContain(BODY).isNotEqualTo("nobody");
    }

    @Test
    void sendsTheWholeRequestWhileTheLeaseLasts() {
        assertThatThrownBy(this::call).isInstanceOf(SocketTimeoutException.class);

        http.close();
        assertThat(arrived.join()).endsWith(BODY);
    }

    private InetAddress[] connecting() {
        slowly.run();
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    private void call() throws IOException {
        var request = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create("http://kms.example:" + server.getLocalPort()))
                .putHeader("Content-Length", String.valueOf(BODY.length()))
                .build();
        var execute = HttpExecuteRequest.builder()
                .request(request)
                .contentStreamProvider(() -> new ByteArrayInputStream(BODY.getBytes(US_ASCII)))
                .build();
        ScopedValue.where(LeasedHttp.LEASE, lease)
                .call(() -> http.prepareRequest(execute).call());
    }

    /** What came, or "nobody" where nobody connected. */
    private String text() {
        try (var connection = server.accept()) {
            return read(connection.getInputStream());
        } catch (IOException closed) {
            return "nobody";
        }
    }

    private static String read(InputStream input) {
        var text = new StringBuilder();
        try {
            for (var next = input.read(); next >= 0; next = input.read()) {
                text.append((char) next);
            }
        } catch (IOException reset) {
            // By whoever had nothing more to say.
        }
        return text.toString();
    }
}
