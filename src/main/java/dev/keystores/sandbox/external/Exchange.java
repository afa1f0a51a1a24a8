package dev.keystores.sandbox.external;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** One request and its response on a line, by HTTP/1.1. */
record Exchange(ClassicHttpRequest request) {

    private static final int LARGEST_BODY = 64 << 10;
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(8 << 10)
            .setMaxHeaderCount(100)
            .build();

    record Response(int status, byte[] body) {}

    Response on(Line line, SSLSocket tls, Duration limit) throws CallFailed {
        try {
            DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(LIMITS);
            connection.bind(tls, line.tcp());
            return Alarm.within(limit, line.tcp(), () -> {
                Response response = response(connection);
                // TLS takes leave by reading what has come, of which a flood has no end.
                Line.closed(tls);
                return response;
            });
        } catch (SSLException refused) {
            // In TLS 1.3 a server's no to the handshake comes after the client's end of it.
            throw new CallFailed(Trouble.TLS_FAILED, refused);
        } catch (SocketException | NoHttpResponseException ended) {
            throw new CallFailed(Trouble.NOT_REACHABLE, ended);
        } catch (IOException malformed) {
            throw new CallFailed(Trouble.INVALID_RESPONSE, malformed);
        }
    }

    private Response response(DefaultBHttpClientConnection connection) throws IOException, CallFailed {
        try {
            ClassicHttpResponse response =
                    new HttpRequestExecutor().execute(request, connection, HttpCoreContext.create());
            return new Response(response.getCode(), body(response.getEntity()));
        } catch (HttpException malformed) {
            throw new CallFailed(Trouble.INVALID_RESPONSE, malformed);
        }
    }

    private static byte[] body(@Nullable HttpEntity entity) throws IOException, CallFailed {
        if (entity == null) {
            return new byte[0];
        }
        byte[] body = entity.getContent().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw CallFailed.invalid("The body is larger than 64 KiB.");
        }
        return body;
    }
}
