package dev.keystores.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Calls of Secrets Manager, and what is wrong with them. No secret is read that isn't denied: its value would be heard. */
record MangledSecrets(Chance chance, MangledJson json) {

    static final String DENIED = "planted/denied";

    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:";

    static MangledSecrets by(Chance chance) {
        return new MangledSecrets(chance, new MangledJson(chance, Set.of("SecretString", "SecretBinary")));
    }

    RawRequest valid() {
        return request(call());
    }

    Sent mangled() {
        Call call = call();
        RawRequest request = request(call);
        return Sent.framed(
                "secrets",
                chance.call(
                        () -> request.body(json.wrongMember(call.body())),
                        () -> request.body(json.wrongMember(call.body())),
                        () -> request.body(json.mangled(call.body())),
                        () -> request(atLimits(call)),
                        () -> request(atLimits(call))));
    }

    private Call atLimits(Call call) {
        String name = chance.of(List.copyOf(call.body().propertyNames()));
        switch (name) {
            case "Name" -> call.body().put(name, "n".repeat(chance.of(0, 1, 512, 513)));
            case "SecretId" ->
                call.body()
                        .put(
                                name,
                                chance.of("", ARN) + chance.of("a", "-a", ":").repeat(chance.of(0, 512, 1990, 2049)));
            case "ClientRequestToken", "VersionId" -> call.body().put(name, "t".repeat(chance.of(31, 32, 64, 65)));
            case "VersionStage" -> call.body().put(name, "l".repeat(chance.of(0, 1, 256, 257)));
            case "RecoveryWindowInDays" -> call.body().put(name, chance.of(6, 7, 30, 31));
            case "SecretString" ->
                call.body().put(name, Chance.HUSH.repeat(chance.percent(95) ? 1 : chance.of(5461, 5462)));
            case "SecretBinary" -> call.body().put(name, base64(Chance.HUSH.repeat(chance.percent(95) ? 1 : 5462)));
            default -> call.body().put(name, json.hostile(name));
        }
        return call;
    }

    private RawRequest request(Call call) {
        return RawRequest.of(
                "POST",
                "/",
                call.body().toString(),
                "Content-Type: application/x-amz-json-1.1",
                "X-Amz-Target: secretsmanager." + call.operation(),
                "Authorization: AWS4-HMAC-SHA256 Credential=%s/20260301/%s/secretsmanager/aws4_request, "
                                .formatted(
                                        chance.percent(80) ? "111122223333" : "444455556666",
                                        chance.percent(80) ? "eu-central-1" : "us-east-1")
                        + "SignedHeaders=host;x-amz-date, Signature=" + Chance.HUSH);
    }

    private Call call() {
        String made = "made-" + chance.below(5);
        String asked = chance.of(DENIED, ARN + DENIED, ARN + DENIED + "-aaaaaa", "nobody");
        String token = "0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5" + chance.below(3);
        return chance.call(
                () -> of("CreateSecret", "Name", made, "SecretString", Chance.HUSH, "ClientRequestToken", token),
                () -> of("CreateSecret", "Name", made, "SecretBinary", base64(Chance.HUSH)),
                () -> of("CreateSecret", "Name", made),
                () -> of("PutSecretValue", "SecretId", made, "SecretString", Chance.HUSH, "ClientRequestToken", token),
                () -> labelled(of("PutSecretValue", "SecretId", asked, "SecretBinary", base64(Chance.HUSH))),
                () -> of("GetSecretValue", "SecretId", asked),
                () -> of("GetSecretValue", "SecretId", asked, "VersionId", token, "VersionStage", "AWSPREVIOUS"),
                () -> forced(of("DeleteSecret", "SecretId", made)),
                () -> windowed(of("DeleteSecret", "SecretId", made)));
    }

    private static Call labelled(Call call) {
        call.body().putArray("VersionStages").add("AWSCURRENT").add("mine");
        return call;
    }

    private static Call forced(Call call) {
        call.body().put("ForceDeleteWithoutRecovery", true);
        return call;
    }

    private static Call windowed(Call call) {
        call.body().put("RecoveryWindowInDays", 7);
        return call;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Call of(String operation, String... members) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        for (int i = 0; i < members.length; i += 2) {
            body.put(members[i], members[i + 1]);
        }
        return new Call(operation, body);
    }

    private record Call(String operation, ObjectNode body) {}
}
