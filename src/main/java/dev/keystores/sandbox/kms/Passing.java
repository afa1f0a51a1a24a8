package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.kms.history.SeenCall;
import dev.keystores.sandbox.kms.model.ConnectionState;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Caller;
import dev.keystores.sandbox.wire.RoleSession;
import dev.keystores.sandbox.wire.Service;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One call on its way through KMS, and what the history will tell of it. Nothing a caller sends makes it large. */
final class Passing {

    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_AGENT = 500;
    private static final int LONGEST_ID = 64;

    private final Service.Call call;
    private final Instant arrivedAt;
    private final @Nullable String keyStoreId;
    private @Nullable ConnectionState stateBefore;
    private @Nullable Fault fault;

    Passing(Service.Call call, Instant arrivedAt) {
        this.call = call;
        this.arrivedAt = arrivedAt;
        this.keyStoreId = call.input()
                .glimpse("CustomKeyStoreId")
                .filter(id -> id.length() <= LONGEST_ID)
                .orElse(null);
    }

    Service.Call call() {
        return call;
    }

    Instant arrivedAt() {
        return arrivedAt;
    }

    void finds(WorldState world) {
        @Nullable KeyStore store = keyStoreId == null ? null : world.stores().get(keyStoreId);
        stateBefore = store == null ? null : store.state();
    }

    void meets(Fault its) {
        fault = its;
    }

    SeenCall seen(long number, Instant answeredAt, String outcome) {
        return new SeenCall(
                number,
                arrivedAt,
                answeredAt,
                call.scope().account(),
                call.scope().region(),
                call.operation(),
                keyStoreId,
                caller(call.caller()),
                stateBefore,
                outcome,
                fault == null ? null : fault.name(),
                call.requestId());
    }

    private static SeenCall.Caller caller(Caller caller) {
        @Nullable RoleSession session = caller.session();
        return new SeenCall.Caller(
                cut(caller.accessKeyId(), LONGEST_KEY),
                session == null ? null : session.name(),
                caller.userAgent() == null ? null : cut(caller.userAgent(), LONGEST_AGENT));
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }
}
