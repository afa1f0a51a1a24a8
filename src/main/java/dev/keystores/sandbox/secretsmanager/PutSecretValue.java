package dev.keystores.sandbox.secretsmanager;

import dev.keystores.sandbox.wire.Service;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Secrets Manager API Reference, PutSecretValue. */
record PutSecretValue(Secrets secrets, Clock clock) implements Operation {

    @Override
    public ObjectNode answer(Service.Call call) {
        SecretId id = SecretId.of(call);
        List<String> labels = labels(call);
        SecretValue value = SecretValue.of(call.input()).orElseThrow(Refusals::noValue);
        Version version = new Version(Requests.token(call.input()), value, clock.instant());
        StoredSecret after = secrets.change(id, secret -> with(secret.usable(), version, labels))
                .orElseThrow(Refusals::notFound);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("ARN", after.arn()).put("Name", after.name()).put("VersionId", version.id());
        ArrayNode stages = answer.putArray("VersionStages");
        after.labelsOf(version).forEach(stages::add);
        return answer;
    }

    private static List<String> labels(Service.Call call) {
        if (!call.input().has("VersionStages")) {
            return List.of(StoredSecret.CURRENT);
        }
        List<String> labels = call.input().texts("VersionStages");
        if (labels.isEmpty() || labels.size() > 20 || !labels.stream().allMatch(PutSecretValue::isLabel)) {
            throw Refusals.labels();
        }
        return labels;
    }

    private static boolean isLabel(String text) {
        return !text.isEmpty() && text.length() <= 256;
    }

    /** Asked again by a client that has missed the answer, it changes nothing. */
    private static StoredSecret with(StoredSecret secret, Version version, List<String> labels) {
        Optional<Version> there = secret.version(version.id());
        if (there.isEmpty()) {
            return secret.with(version, labels);
        }
        if (!there.get().value().equals(version.value())) {
            throw Refusals.tokenInUse(version.id(), secret.arn());
        }
        return secret;
    }
}
