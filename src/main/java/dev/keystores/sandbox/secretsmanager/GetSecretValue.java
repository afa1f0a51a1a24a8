package dev.keystores.sandbox.secretsmanager;

import dev.keystores.sandbox.wire.Members;
import dev.keystores.sandbox.wire.Service;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Secrets Manager API Reference, GetSecretValue: of the current version, or of the one that is asked for. */
record GetSecretValue(Secrets secrets) implements Operation {

    @Override
    public ObjectNode answer(Service.Call call) {
        SecretId id = SecretId.of(call);
        StoredSecret secret = secrets.find(id).orElseThrow(Refusals::notFound);
        if (secret.denied()) {
            throw Refusals.denied(call, id.text());
        }
        Version version = wanted(secret.usable(), call.input());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("ARN", secret.arn())
                .put("Name", secret.name())
                .put("VersionId", version.id())
                .put("CreatedDate", BigDecimal.valueOf(version.created().toEpochMilli(), 3));
        version.value().writeTo(answer);
        ArrayNode stages = answer.putArray("VersionStages");
        secret.labelsOf(version).forEach(stages::add);
        return answer;
    }

    private static Version wanted(StoredSecret secret, Members input) {
        Optional<String> id = input.text(Requests.VERSION_ID);
        Optional<String> label = input.text(Requests.VERSION_STAGE);
        if (id.isEmpty()) {
            String wanted = label.orElse(StoredSecret.CURRENT);
            return secret.labelled(wanted).orElseThrow(() -> Refusals.versionNotFound("staging label: " + wanted));
        }
        Version version =
                secret.version(id.get()).orElseThrow(() -> Refusals.versionNotFound("VersionId: " + id.get()));
        if (label.isPresent() && !secret.labelsOf(version).contains(label.get())) {
            throw Refusals.labelOfAnotherVersion();
        }
        return version;
    }
}
