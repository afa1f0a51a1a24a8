package dev.keystores;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;

/** Shows the seeded key stores of a sandbox under another account, so that two targets have the same ids. */
final class Twin {

    private static final String OTHER = "Credential=999999999999/";
    private static final String SEEDED = "Credential=111122223333/";

    private final Relay relay;

    private Twin(Relay relay) {
        this.relay = relay;
    }

    static URI of(URI sandbox) {
        return Relay.address(Relay.listening(new Twin(Relay.to(sandbox))::forward));
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            Relay.answer(exchange, relay.ask(exchange, header -> header.replace(OTHER, SEEDED)));
        }
    }
}
