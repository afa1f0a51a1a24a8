package dev.keystores.chaos;

import dev.keystores.chaos.model.KmsCall;
import dev.keystores.chaos.model.StoreState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The sandbox as a process of its own, which nothing happens to: it sees everything, and its control room is ours. */
final class SandboxProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final String SESSION = "ksc-";
    private static final Pattern PROCESS = Pattern.compile("app/(\\S+)");

    private final OwnProcess process;
    private final Wire wire;
    private long last;

    private SandboxProcess(OwnProcess process, Wire wire) {
        this.process = process;
        this.wire = wire;
    }

    static SandboxProcess start(Path directory, int speed) {
        var port = Wire.freePort();
        var settings = Stream.of(
                "--keystores.sandbox.only=true",
                "--keystores.sandbox.port=" + port,
                "--keystores.sandbox.xks-port=" + Wire.freePort(),
                "--keystores.sandbox.speed=" + speed);
        var process = OwnProcess.ofJar(directory, directory.resolve("sandbox.log"), Map.of(), settings);
        return new SandboxProcess(process, Wire.to(port));
    }

    void awaitReady() {
        if (!Waiting.until(START, () -> wire.ready("/_sandbox") || !process.alive()) || !process.alive()) {
            throw new IllegalStateException("the sandbox did not start");
        }
    }

    URI root() {
        return wire.root();
    }

    void put(String path, Map<String, ?> wishes) {
        wire.require("PUT", "/_sandbox/" + path, wishes);
    }

    void post(String path, Map<String, ?> wishes) {
        wire.require("POST", "/_sandbox/" + path, wishes);
    }

    Stream<JsonNode> worlds() {
        return wire.json("/_sandbox").get("worlds").valueStream();
    }

    /** Hands out what happened since the last time: calls of our processes, and new states. */
    synchronized void follow(Map<String, String> targetsByAccount, Consumer<Record> journal) {
        var before = -1L;
        while (last != before) {
            before = last;
            var part = wire.json("/_sandbox/history/" + last);
            part.get("states").valueStream().map(SandboxProcess::state).forEach(journal);
            part.get("calls")
                    .valueStream()
                    .map(call -> call(call, targetsByAccount))
                    .flatMap(Optional::stream)
                    .forEach(journal);
            last = part.get("last").asLong();
        }
    }

    private static StoreState state(JsonNode state) {
        var name = text(state, "connectionState");
        return new StoreState(
                state.get("keyStoreId").asString(),
                Instant.parse(state.get("since").asString()),
                name == null ? "GONE" : name,
                text(state, "connectionErrorCode"));
    }

    /** Empty for calls that we made ourselves. */
    private static Optional<KmsCall> call(JsonNode call, Map<String, String> targetsByAccount) {
        var agent = PROCESS.matcher(String.valueOf(text(call.get("caller"), "userAgent")));
        if (!agent.find()) {
            return Optional.empty();
        }
        var account = call.get("account").asString();
        var session = String.valueOf(text(call.get("caller"), "roleSession"));
        return Optional.of(new KmsCall(
                call.get("number").asLong(),
                Instant.parse(call.get("arrivedAt").asString()),
                Instant.parse(call.get("answeredAt").asString()),
                targetsByAccount.getOrDefault(account, account),
                call.get("operation").asString(),
                text(call, "keyStoreId"),
                agent.group(1),
                session.matches(SESSION + "[0-9a-f-]{36}") ? session.substring(SESSION.length()) : null,
                text(call, "stateBefore"),
                call.get("outcome").asString(),
                text(call, "fault")));
    }

    private static @Nullable String text(JsonNode node, String name) {
        var value = node.get(name);
        return value == null || value.isNull() ? null : value.asString();
    }

    @Override
    public void close() {
        process.close();
    }
}
