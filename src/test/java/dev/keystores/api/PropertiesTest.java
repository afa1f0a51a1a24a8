package dev.keystores.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.Answer;
import dev.keystores.Caller;
import dev.keystores.RunningService;
import dev.keystores.sandbox.xks.ProxyCredential;
import dev.keystores.secret.SecretSettings;
import dev.keystores.secret.Secrets;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import tools.jackson.databind.json.JsonMapper;

/** Every property that a create or an update takes: set over REST and read back from KMS, and refused where it breaks its rule. */
class PropertiesTest {

    private static final JsonMapper json = JsonMapper.shared();
    private static final String STORES = "/api/v1/key-stores";

    private final RunningService service = RunningService.lively();
    private final Caller caller = service.caller();

    @ParameterizedTest
    @EnumSource(NewStore.Kind.class)
    void givesKmsEveryPropertyOfANewStore(NewStore.Kind kind) {
        var wanted = NewStore.of(service, kind, "all-properties-" + kind);
        var body = wanted.body(Map.of());

        var id = created(body);

        assertThat(shownByKms(id)).isEqualTo(visible(body));
        assertThat(shownByUs(id)).isEqualTo(visible(body));
        // What nobody shows: only with the right ones does it connect.
        assertThat(caller.end(caller.post(STORES + "/" + id + "/connect")).at("/status"))
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void takesTheLongestNameOfTheWidestCharacters() {
        var name = "𝄞".repeat(255) + "x";
        var body = NewStore.of(service, NewStore.Kind.PUBLIC, "longest").body(Map.of("name", name));

        var id = created(body);

        assertThat(shownByKms(id)).containsEntry("name", name);
        assertThat(shownByUs(id)).containsEntry("name", name);
    }

    @Test
    void connectsWithNoWrongSecret() {
        var wanted = NewStore.of(service, NewStore.Kind.CLOUD_HSM, "wrong-password");

        var job = caller.end(
                caller.post(STORES, text(wanted.body(Map.of("keyStorePassword", "wr0ngPassword", "connect", true)))));

        assertThat(job.at("/error/code")).isEqualTo("INVALID_CREDENTIALS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "xksProxyUriEndpoint", "xksProxyUriPath", "xksProxyAuthenticationCredential"})
    void updatesEachPropertyOfAStoreWithAPublicEndpoint(String property) {
        var wanted = NewStore.of(service, NewStore.Kind.PUBLIC, "updated-" + property);
        var body = wanted.body(Map.of());
        var id = created(body);
        var other = new ProxyCredential(
                "ZYXWVUTSRQPONMLKJIHGFEDCBA", NewStore.RAW_SECRET.toUpperCase(java.util.Locale.ROOT));
        var value = switch (property) {
            case "name" -> "updated-to-this";
            case "xksProxyUriEndpoint" -> wanted.another(Map.of()).get(property);
            case "xksProxyUriPath" -> {
                wanted.proxy().pathPrefix(null);
                yield "/any/prefix/kms/xks/v1";
            }
            default -> {
                wanted.proxy().credentials(other);
                yield Map.of("accessKeyId", other.accessKeyId(), "rawSecretAccessKey", other.secretAccessKey());
            }
        };

        updated(id, Map.of(property, value), body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xksProxyVpcEndpointServiceName, xksProxyUriEndpoint",
                "xksProxyVpcEndpointServiceOwner",
                "xksProxyConnectivity, xksProxyUriEndpoint"
            })
    void updatesEachPropertyOfAStoreBehindAService(String properties) {
        var wanted = NewStore.of(service, NewStore.Kind.VPC, "updated-" + properties);
        var body = wanted.body(Map.of());
        var id = created(body);
        var changed = new HashMap<String, Object>();
        for (var property : properties.split(", ")) {
            changed.put(
                    property,
                    switch (property) {
                        case "xksProxyConnectivity" -> "PUBLIC_ENDPOINT";
                        case "xksProxyVpcEndpointServiceOwner" -> wanted.serviceOfAnother("444455556666");
                        default -> wanted.another(Map.of()).get(property);
                    });
        }
        var before = new LinkedHashMap<>(body);
        if (properties.contains("Connectivity")) {
            before.remove("xksProxyVpcEndpointServiceName");
            before.remove("xksProxyVpcEndpointServiceOwner");
        }

        updated(id, changed, before);
    }

    @Test
    void updatesAStoreWithAPublicEndpointToAService() {
        var wanted = NewStore.of(service, NewStore.Kind.PUBLIC, "to-a-service");
        var body = wanted.body(Map.of());
        var id = created(body);

        updated(
                id,
                Map.of(
                        "xksProxyConnectivity",
                        "VPC_ENDPOINT_SERVICE",
                        "xksProxyUriEndpoint",
                        body.get("xksProxyUriEndpoint"),
                        "xksProxyVpcEndpointServiceName",
                        wanted.endpointService(),
                        "xksProxyVpcEndpointServiceOwner",
                        wanted.account()),
                body);
    }

    @Test
    void updatesClusterAndPasswordOfACloudHsmStore() {
        var wanted = NewStore.of(service, NewStore.Kind.CLOUD_HSM, "updated-cluster");
        var body = wanted.body(Map.of());
        var id = created(body);
        var another = wanted.another(Map.of());

        updated(id, Map.of("cloudHsmClusterId", another.get("cloudHsmClusterId")), body);
        body.put("cloudHsmClusterId", another.get("cloudHsmClusterId"));
        updated(id, Map.of("keyStorePassword", another.get("keyStorePassword")), body);
        // Only with the new one does it connect.
        assertThat(caller.end(caller.post(STORES + "/" + id + "/connect")).at("/status"))
                .isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            CLOUD_HSM, target,                          '',                must be given
            CLOUD_HSM, type,                            HSM,               'must be one of AWS_CLOUDHSM, EXTERNAL_KEY_STORE'
            CLOUD_HSM, name,                            ' ',               'must be 1 to 256 characters: text without control characters'
            CLOUD_HSM, cloudHsmClusterId,               cluster-1,         'must be 19 to 24 characters: cluster- and 11 to 16 of 2-7, a-z and A-Z'
            CLOUD_HSM, trustAnchorCertificate,          '',                'must be 1 to 5000 characters: the content of customerCA.crt'
            CLOUD_HSM, keyStorePassword,                short,             'must be 7 to 32 characters: text without control characters'
            CLOUD_HSM, xksProxyUriPath,                 /kms/xks/v1,       'belongs to no key store of type AWS_CLOUDHSM'
            PUBLIC,    cloudHsmClusterId,               cluster-spareA234, 'belongs to no key store of type EXTERNAL_KEY_STORE'
            PUBLIC,    xksProxyConnectivity,            PUBLIC,            'must be PUBLIC_ENDPOINT or VPC_ENDPOINT_SERVICE'
            PUBLIC,    xksProxyUriEndpoint,             https://a:1/,      'must be 10 to 128 characters: https:// and a host name, without port or path'
            PUBLIC,    xksProxyUriPath,                 /kms/xks/1,        'must be 10 to 128 characters: /kms/xks/v1, maybe after a prefix of /, a-z, A-Z, 0-9, _ and -'
            PUBLIC,    xksProxyVpcEndpointServiceName,  com.amazonaws.vpce.eu-west-1.vpce-svc-0, 'belongs to xksProxyConnectivity VPC_ENDPOINT_SERVICE alone'
            PUBLIC,    reason,                          'a\u0000b',        must have no control characters
            PUBLIC,    timeout,                         1h,                'must be an ISO-8601 duration from PT1S to P7D, such as PT30M'
            VPC,       xksProxyVpcEndpointServiceName,  vpce-svc-0,        'must be 20 to 64 characters: such as com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0'
            VPC,       xksProxyVpcEndpointServiceOwner, me,                'must be 12 characters: an AWS account id'
            """)
    void refusesAPropertyThatBreaksItsRule(NewStore.Kind kind, String field, String value, String rule) {
        var wanted = NewStore.of(service, NewStore.Kind.PUBLIC, "never");
        var body = kind == NewStore.Kind.CLOUD_HSM ? ofCloudHsm() : wanted.body(Map.of());
        if (kind == NewStore.Kind.VPC) {
            body.put("xksProxyConnectivity", "VPC_ENDPOINT_SERVICE");
            body.put("xksProxyVpcEndpointServiceName", "com.amazonaws.vpce.eu-west-1.vpce-svc-0");
        }
        body.put(field, value.equals("''") || field.equals("target") ? null : value);

        var refused = caller.post(STORES, text(body));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/code")).isEqualTo("INVALID_BODY");
        assertThat(errors(refused)).isEqualTo(Map.of(field, rule));
        assertThat(refused.at("/detail")).isEqualTo(field + ": " + rule);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            accessKeyId,        abc, 'must be 20 to 30 characters: of A-Z and 2-7'
            rawSecretAccessKey, abc, 'must be 43 to 64 characters: of a-z, A-Z, 0-9, /, + and ='
            accessKeyId,        ,    must be given
            rawSecretAccessKey, ,    must be given
            """)
    void refusesHalfACredential(String half, @Nullable String value, String rule) {
        var wanted = NewStore.of(service, NewStore.Kind.PUBLIC, "half-a-credential");
        var body = wanted.body(Map.of());
        var id = created(body);
        var credential = new HashMap<>(credential(body));
        credential.put(half, value);
        var field = "xksProxyAuthenticationCredential." + half;

        var updated = caller.patch(STORES + "/" + id, text(Map.of("xksProxyAuthenticationCredential", credential)));

        assertThat(errors(updated)).isEqualTo(Map.of(field, rule));
        body.put("xksProxyAuthenticationCredential", credential);
        assertThat(errors(caller.post(STORES, text(body)))).isEqualTo(Map.of(field, rule));
    }

    @Test
    void refusesACredentialWithNothingInIt() {
        var wanted = NewStore.of(service, NewStore.Kind.PUBLIC, "no-credential");
        var id = created(wanted.body(Map.of()));
        var field = "xksProxyAuthenticationCredential";

        var updated = caller.patch(STORES + "/" + id, text(Map.of("name", "renamed", field, Map.of())));

        assertThat(errors(updated)).isEqualTo(Map.of(field, "must have accessKeyId and rawSecretAccessKey"));
    }

    @ParameterizedTest
    @CsvSource({"POST, /connect", "POST, /disconnect", "POST, /repair", "PATCH, ''", "DELETE, ''"})
    void saysEverythingThatIsWrongWithAChangeAtOnce(String method, String change) {
        var id = created(NewStore.of(service, NewStore.Kind.PUBLIC, "all-wrong-" + method + change.replace("/", "-"))
                .body(Map.of()));
        var body = BodyPublishers.ofString("{\"reason\": 5, \"foo\": 1, \"timeout\": \"x\"}");

        var refused = caller.with("Content-Type", "application/json").send(method, STORES + "/" + id + change, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(errors(refused)).containsOnlyKeys("reason", "foo", "timeout");
        assertThat(caller.get(STORES + "/" + id).json().path("activeJob").isNull())
                .isTrue();
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        var refused = caller.post(STORES, """
                {"type": "EXTERNAL_KEY_STORE", "name": 5, "conect": true, "connect": "yes", "keyStorePassword": "secret-word",
                 "xksProxyUriEndpoint": "http://plain.example", "xksProxyUriPath": ["/"],
                 "xksProxyAuthenticationCredential": {"accessKeyId": "short", "rawSecretAccessKey": {"vault": "x"}},
                 "timeout": "soon"}""");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(errors(refused).keySet())
                .containsExactlyInAnyOrder(
                        "target",
                        "name",
                        "conect",
                        "connect",
                        "keyStorePassword",
                        "xksProxyConnectivity",
                        "xksProxyUriEndpoint",
                        "xksProxyUriPath",
                        "xksProxyAuthenticationCredential.accessKeyId",
                        "xksProxyAuthenticationCredential.rawSecretAccessKey",
                        "xksProxyAuthenticationCredential.rawSecretAccessKey.vault",
                        "timeout");
        assertThat(errors(refused))
                .containsEntry("name", "must be a text")
                .containsEntry("connect", "must be true or false")
                .containsEntry("xksProxyUriPath", "must be a text")
                .containsEntry(
                        "xksProxyAuthenticationCredential.rawSecretAccessKey",
                        "must have either secretsManager or file");
        assertThat(refused.text()).doesNotContain("secret-word");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            PUBLIC,    name,                            ''
            PUBLIC,    cloudHsmClusterId,               cluster-spareA234
            PUBLIC,    keyStorePassword,                an0therPassword
            PUBLIC,    xksProxyConnectivity,            VPC_ENDPOINT_SERVICE
            PUBLIC,    xksProxyUriEndpoint,             https://x:443
            PUBLIC,    xksProxyUriPath,                 /kms
            PUBLIC,    trustAnchorCertificate,          PEM
            PUBLIC,    type,                            AWS_CLOUDHSM
            CLOUD_HSM, cloudHsmClusterId,               cluster-1
            CLOUD_HSM, keyStorePassword,                short
            CLOUD_HSM, xksProxyUriPath,                 /kms/xks/v1
            VPC,       xksProxyConnectivity,            PRIVATE
            VPC,       xksProxyVpcEndpointServiceName,  vpce-svc-1
            VPC,       xksProxyVpcEndpointServiceOwner, 1234
            """)
    void refusesAnUpdateThatBreaksARule(NewStore.Kind kind, String field, String value) {
        var id = created(
                NewStore.of(service, kind, "not-updated-" + kind + field).body(Map.of()));

        var refused = caller.patch(STORES + "/" + id, text(Map.of(field, value)));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(errors(refused))
                .containsKey(
                        field.equals("xksProxyConnectivity") && kind == NewStore.Kind.PUBLIC
                                ? "xksProxyUriEndpoint"
                                : field);
        assertThat(caller.post(STORES + "/" + id + "/repair", text(Map.of(field, value)))
                        .status())
                .isEqualTo(400);
        assertThat(caller.get(STORES + "/" + id).json().path("activeJob").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"reconnect\": true}", "{\"name\": null, \"reason\": \"nothing\"}"})
    void refusesAnUpdateOfNothing(String body) {
        var id = created(NewStore.of(service, NewStore.Kind.PUBLIC, "updated-by-nothing-" + body.hashCode())
                .body(Map.of()));

        var refused = caller.patch(STORES + "/" + id, body);

        assertThat(errors(refused)).isEqualTo(Map.of("the body", "must give at least one property that is to change"));
    }

    @Test
    void saysOfAWrongTypeThatAlone() {
        var id =
                created(NewStore.of(service, NewStore.Kind.PUBLIC, "wrong-type").body(Map.of()));

        assertThat(errors(caller.patch(STORES + "/" + id, "{\"name\": 5}")))
                .isEqualTo(Map.of("name", "must be a text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"name\"", "5"})
    void refusesWhatIsNoObject(String body) {
        assertThat(errors(caller.post(STORES, body))).containsEntry("the body", "must be an object");
    }

    @Test
    void ignoresNoBodyOfADelete() {
        var id = created(
                NewStore.of(service, NewStore.Kind.PUBLIC, "not-deleted").body(Map.of()));
        var store = STORES + "/" + id;
        var text = "{\"reason\": \"no longer needed\"}";
        var reason = BodyPublishers.ofString(text);
        // Of which nobody knows the length before its end.
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(text.getBytes(UTF_8)));

        var refused = caller.with("Content-Type", "text/plain").send("DELETE", store, reason);
        assertThat(caller.with("Content-Type", "text/plain")
                        .send("DELETE", store, chunked)
                        .status())
                .isEqualTo(415);
        var accepted = caller.with("Content-Type", "application/json").send("DELETE", store, reason);

        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.at("/code")).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(accepted.at("/reason")).isEqualTo("no longer needed");
        assertThat(caller.end(accepted).at("/status")).isEqualTo("SUCCEEDED");
    }

    @Test
    void refusesATargetThatThereIsNot() {
        var wanted = NewStore.of(service, NewStore.Kind.PUBLIC, "nowhere");

        var refused = caller.post(STORES, text(wanted.body(Map.of("target", "atlantis"))));

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.at("/code")).isEqualTo("TARGET_NOT_FOUND");
    }

    @Test
    void createsOnceForTheSameKeyAndTellsOtherSecretsApart() {
        var wanted = NewStore.of(service, NewStore.Kind.PUBLIC, "created-once");
        var keyed = caller.with("Idempotency-Key", "create-once");
        var first = keyed.post(STORES, text(wanted.body(Map.of())));
        caller.end(first);

        var again = keyed.post(STORES, text(wanted.body(Map.of())));
        var body = wanted.body(Map.of());
        var credential = new HashMap<>(credential(body));
        credential.put("rawSecretAccessKey", NewStore.RAW_SECRET.replace('R', 'r'));
        body.put("xksProxyAuthenticationCredential", credential);
        var other = keyed.post(STORES, text(body));

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.at("/id")).isEqualTo(first.at("/id"));
        assertThat(other.status()).isEqualTo(422);
        // Nor is one the same that says more, though all else of it would be refused.
        assertThat(keyed.post(STORES, text(wanted.body(Map.of("conect", true)))).status())
                .isEqualTo(422);
    }

    @Test
    void marksARequestUnderTheKeyAndNotByADigestThatAnybodyCouldTry() {
        var wanted = NewStore.of(service, NewStore.Kind.PUBLIC, "marked");
        var body = text(wanted.body(Map.of()));
        caller.end(caller.with("Idempotency-Key", "marked-create").post(STORES, body));

        var mark = service.part("jdbcTemplate", JdbcTemplate.class)
                .queryForObject(
                        "SELECT fingerprint FROM idempotency WHERE request_key = 'marked-create'", String.class);

        var mapper = service.part("jacksonJsonMapper", JsonMapper.class);
        var parts = ReadBody.of(json.readTree(body), CreateRequest.class).whole();
        var said = mapper.writeValueAsString(List.of("POST", STORES, Map.of(), parts));
        var keyed = Secrets.of(new SecretSettings(RunningService.SECRETS_KEY, null, null));
        var keyless = Secrets.of(new SecretSettings(null, null, null));
        assertThat(mark).isEqualTo(keyed.fingerprint(said)).isNotEqualTo(keyless.fingerprint(said));
    }

    private String created(Map<String, ?> body) {
        var job = caller.end(caller.post(STORES, text(body)));
        assertThat(job.at("/status")).as(job.text()).isEqualTo("SUCCEEDED");
        return job.at("/keyStoreId");
    }

    private void updated(String id, Map<String, ?> changed, Map<String, ?> before) {
        var job = caller.end(caller.patch(STORES + "/" + id, text(changed)));

        assertThat(job.at("/status")).as(job.text()).isEqualTo("SUCCEEDED");
        var after = new LinkedHashMap<String, Object>(before);
        after.putAll(changed);
        assertThat(shownByKms(id)).isEqualTo(visible(after));
        assertThat(shownByUs(id)).isEqualTo(visible(after));
    }

    private Map<String, String> shownByKms(String id) {
        var account =
                Integer.parseInt(caller.get(STORES + "/" + id).at("/target").replace("lives-", ""));
        try (var kms = service.kms("7777777778%02d".formatted(account), NewStore.REGION)) {
            return visible(kms.describeCustomKeyStores(call -> call.customKeyStoreId(id))
                    .customKeyStores()
                    .getFirst());
        }
    }

    private static Map<String, String> visible(CustomKeyStoresListEntry store) {
        var visible = new TreeMap<String, String>();
        visible.put("name", store.customKeyStoreName());
        visible.put("type", store.customKeyStoreTypeAsString());
        visible.put("cloudHsmClusterId", store.cloudHsmClusterId());
        visible.put("trustAnchorCertificate", store.trustAnchorCertificate());
        var proxy = store.xksProxyConfiguration();
        if (proxy != null) {
            visible.put("xksProxyConnectivity", proxy.connectivityAsString());
            visible.put("xksProxyUriEndpoint", proxy.uriEndpoint());
            visible.put("xksProxyUriPath", proxy.uriPath());
            visible.put("xksProxyAccessKeyId", proxy.accessKeyId());
            visible.put("xksProxyVpcEndpointServiceName", proxy.vpcEndpointServiceName());
            visible.put("xksProxyVpcEndpointServiceOwner", proxy.vpcEndpointServiceOwner());
        }
        visible.values().removeIf(java.util.Objects::isNull);
        return visible;
    }

    private Map<String, String> shownByUs(String id) {
        var store = caller.get(STORES + "/" + id);
        var visible = new TreeMap<String, String>();
        visible.put("name", store.at("/name"));
        visible.put("type", store.at("/type"));
        store.json().path("configuration").properties().forEach(property -> {
            if (!property.getValue().isNull()) {
                visible.put(property.getKey(), property.getValue().asString());
            }
        });
        return visible;
    }

    private static Map<String, String> visible(Map<String, ?> body) {
        var visible = new TreeMap<String, String>();
        body.forEach((name, value) -> visible.put(name, String.valueOf(value)));
        List.of("target", "keyStorePassword", "xksProxyAuthenticationCredential")
                .forEach(visible::remove);
        if (body.containsKey("xksProxyAuthenticationCredential")) {
            visible.put("xksProxyAccessKeyId", credential(body).get("accessKeyId"));
        }
        return visible;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> credential(Map<String, ?> body) {
        return (Map<String, String>) body.get("xksProxyAuthenticationCredential");
    }

    private static Map<String, Object> ofCloudHsm() {
        return new LinkedHashMap<>(Map.of(
                "target", "lives-0",
                "name", "never",
                "type", "AWS_CLOUDHSM",
                "cloudHsmClusterId", "cluster-spareA234567",
                "trustAnchorCertificate", "PEM",
                "keyStorePassword", NewStore.PASSWORD));
    }

    private static Map<String, String> errors(Answer refused) {
        var errors = new TreeMap<String, String>();
        refused.json()
                .path("errors")
                .forEach(error -> errors.put(
                        error.path("field").asString(), error.path("rule").asString()));
        return errors;
    }

    private static String text(Map<String, ?> body) {
        return json.writeValueAsString(body);
    }
}
