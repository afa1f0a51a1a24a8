package dev.keystores.sandbox.xks;

import dev.keystores.sandbox.wire.Listener;
import dev.keystores.sandbox.wire.Reply;
import dev.keystores.sandbox.wire.Request;
import dev.keystores.sandbox.wire.ServiceError;
import dev.keystores.sandbox.xks.key.ExternalKeys;
import dev.keystores.sandbox.xks.signature.NotAuthentic;
import dev.keystores.sandbox.xks.signature.SignatureCheck;
import dev.keystores.sandbox.xks.tls.HostTls;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The XKS Proxy API, version 1, of every host: path and method, signature, body, key, in that order. */
record XksApi(Proxies proxies, ExternalKeys keys, SignatureCheck signatures) implements Listener.TlsHandler {

    private static final Logger log = LoggerFactory.getLogger(XksApi.class);

    /** A host that went down under an open connection just ends it. */
    @Override
    public Reply handle(Request request, @Nullable String query, SSLSession session) {
        String host = HostTls.serverName(session).orElseGet(() -> named(request));
        return proxies.listening(host)
                .map(proxy -> slowly(proxy, logged(proxy, request, reply(proxy, request, query))))
                .orElseGet(Reply.Silence::new);
    }

    @Override
    public Reply refuse(int status, String message) {
        return (status < 500 ? ErrorName.VALIDATION : ErrorName.INTERNAL).reply(status, message);
    }

    /** Of a client that knows an address only: it can still say in its request whom it means. */
    private String named(Request request) {
        String header = Objects.requireNonNullElse(request.header("Host"), "");
        String host = header.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        return proxies.find(host).isPresent() ? host : HostTls.HOST_OF_THE_NAMELESS;
    }

    private Reply reply(Proxy proxy, Request request, @Nullable String query) {
        try {
            Operation operation = operation(proxy, request);
            signatures.require(request, query, proxy.access()::secretOf);
            Optional<Reply> instead = proxy.answers().behaviour().instead();
            return instead.orElseGet(() -> answer(proxy, operation, request));
        } catch (NotAuthentic unsigned) {
            return ErrorName.AUTHENTICATION_FAILED.reply(unsigned.text());
        } catch (ServiceError invalid) {
            return ErrorName.VALIDATION.reply(invalid.text());
        } catch (RequestRefused refused) {
            return refused.reply();
        }
    }

    private static Operation operation(Proxy proxy, Request request) {
        Route route = Route.of(request.path())
                .filter(found -> proxy.access().serves(found.prefix()))
                .orElseThrow(() -> new RequestRefused(ErrorName.INVALID_URI_PATH, "Nothing is served at that path."));
        if (!request.method().equals("POST")) {
            throw new RequestRefused(ErrorName.METHOD_NOT_ALLOWED, "Every operation is a POST.");
        }
        return route.operation();
    }

    private Reply answer(Proxy proxy, Operation operation, Request request) {
        return Reply.json(200, new Operations(proxy, keys).answer(operation, Body.parse(request.body())));
    }

    private static Reply logged(Proxy proxy, Request request, Reply reply) {
        if (log.isDebugEnabled() && reply instanceof Reply.Json json) {
            String operation = Route.of(request.path())
                    .map(route -> route.operation().getClass().getSimpleName())
                    .orElse("(no operation)");
            String error = json.body().path("errorName").asString("");
            String outcome = error.isEmpty() ? "" : " " + error;
            log.debug("{} {}: {}{}", proxy.host(), operation, json.status(), outcome);
        }
        return reply;
    }

    private static Reply slowly(Proxy proxy, Reply reply) {
        try {
            Thread.sleep(proxy.answerTime());
            return reply;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return new Reply.Silence();
        }
    }
}
