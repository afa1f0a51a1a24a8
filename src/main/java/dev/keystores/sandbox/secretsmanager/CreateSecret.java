package dev.keystores.sandbox.secretsmanager;

import dev.keystores.sandbox.wire.Service;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Secrets Manager API Reference, CreateSecret: with a first version, or with none yet. */
record CreateSecret(Secrets secrets, Clock clock) implements Operation {

    @Override
    public ObjectNode answer(Service.Call call) {
        SecretId id = SecretId.ofName(call.input().required(Requests.NAME), call.scope());
        String token = Requests.token(call.input());
        Optional<Version> first = SecretValue.of(call.input()).map(value -> new Version(token, value, clock.instant()));
        StoredSecret fresh = first.map(version -> StoredSecret.fresh(id).with(version, List.of(StoredSecret.CURRENT)))
                .orElseGet(() -> StoredSecret.fresh(id));
        StoredSecret there = secrets.add(id, fresh);
        if (there != fresh) {
            requireTheSame(there, first);
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("ARN", there.arn()).put("Name", there.name());
        first.ifPresent(version -> answer.put("VersionId", version.id()));
        return answer;
    }

    /** Asked again by a client that has missed the answer, it is answered again. */
    private static void requireTheSame(StoredSecret there, Optional<Version> first) {
        if (there.deletion() != null) {
            throw Refusals.nameMarkedForDeletion();
        }
        boolean same = first.isPresent()
                && there.version(first.get().id())
                        .filter(version -> version.value().equals(first.get().value()))
                        .isPresent();
        if (!same) {
            throw Refusals.exists(there.name());
        }
    }
}
