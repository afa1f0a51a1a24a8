package dev.keystores.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.Answer;
import dev.keystores.Caller;
import dev.keystores.RunningService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.model.OriginType;
import tools.jackson.databind.json.JsonMapper;

/** A key store from its creation to its end, over REST alone, against a real wire. */
class LifeTest {

    private static final JsonMapper json = JsonMapper.shared();

    private final RunningService service = RunningService.lively();
    private final Caller caller = service.caller();

    @ParameterizedTest
    @EnumSource(NewStore.Kind.class)
    void livesAWholeLife(NewStore.Kind kind) {
        var wanted = NewStore.of(service, kind, "whole-life-" + kind);

        // Created, and connected at once.
        var created = succeeded(caller.post("/api/v1/key-stores", text(wanted.body(Map.of("connect", true)))));
        assertThat(calls(created)).containsExactly("CreateCustomKeyStore", "ConnectCustomKeyStore");
        assertThat(created.at("/keyStoreName")).isEqualTo(wanted.name());
        assertThat(created.json().path("originalErrorCode").isNull()).isTrue();
        var store = "/api/v1/key-stores/" + created.at("/keyStoreId");
        assertThat(caller.get(store).at("/connectionState")).isEqualTo("CONNECTED");
        assertThat(caller.get(store).at("/wantedState")).isEqualTo("CONNECTED");

        // Renamed while it is in use.
        var renamed = succeeded(caller.patch(store, text(Map.of("name", wanted.name() + "-renamed"))));
        assertThat(calls(renamed)).containsExactly("UpdateCustomKeyStore");
        assertThat(caller.get(store).at("/name")).isEqualTo(wanted.name() + "-renamed");
        assertThat(caller.get(store).at("/connectionState")).isEqualTo("CONNECTED");

        // What needs a disconnect is not done in passing.
        var refused = caller.end(caller.patch(store, text(wanted.another(Map.of()))));
        assertThat(refused.at("/error/code")).isEqualTo("DISCONNECT_FIRST");
        assertThat(refused.json().path("steps").isEmpty()).isTrue();
        var updated = succeeded(caller.patch(store, text(wanted.another(Map.of("reconnect", true)))));
        assertThat(calls(updated))
                .containsExactly("DisconnectCustomKeyStore", "UpdateCustomKeyStore", "ConnectCustomKeyStore");
        assertThat(caller.get(store).at("/connectionState")).isEqualTo("CONNECTED");

        // It fails, and is repaired with a new value.
        succeeded(caller.post(store + "/disconnect"));
        var cure = wanted.fails();
        assertThat(caller.end(caller.post(store + "/connect")).at("/status")).isEqualTo("FAILED");
        assertThat(caller.get(store).at("/connectionState")).isEqualTo("FAILED");
        var repaired = succeeded(caller.post(store + "/repair", text(cure)));
        assertThat(repaired.at("/originalErrorCode")).isEqualTo("INVALID_CREDENTIALS");
        assertThat(calls(repaired))
                .containsExactly("DisconnectCustomKeyStore", "UpdateCustomKeyStore", "ConnectCustomKeyStore");
        assertThat(caller.get(store).at("/connectionState")).isEqualTo("CONNECTED");

        // Reconnected, though nothing shows that it has to be.
        var reconnected = succeeded(caller.post(store + "/repair", "{\"reconnect\": true}"));
        assertThat(calls(reconnected)).containsExactly("DisconnectCustomKeyStore", "ConnectCustomKeyStore");

        // Deleted, once it may be.
        assertThat(caller.end(caller.delete(store)).at("/error/code")).isEqualTo("DISCONNECT_FIRST");
        succeeded(caller.post(store + "/disconnect"));
        succeeded(caller.delete(store));
        assertThat(caller.get(store).at("/gone")).isEqualTo("true");
        assertThat(caller.get(store).json().path("wantedState").isNull()).isTrue();
        assertThat(namesAtKms()).doesNotContain(wanted.name(), wanted.name() + "-renamed");
    }

    @Test
    void saysHowManyKeysKeepAStoreFromBeingDeleted() {
        var wanted = NewStore.of(service, NewStore.Kind.CLOUD_HSM, "with-keys");
        var created = succeeded(caller.post("/api/v1/key-stores", text(wanted.body(Map.of("connect", true)))));
        var id = created.at("/keyStoreId");
        var store = "/api/v1/key-stores/" + id;
        try (var kms = service.kms(wanted.account(), NewStore.REGION)) {
            for (var key = 0; key < 3; key++) {
                kms.createKey(call -> call.customKeyStoreId(id).origin(OriginType.AWS_CLOUDHSM));
            }
            var waiting = kms.createKey(call -> call.customKeyStoreId(id).origin(OriginType.AWS_CLOUDHSM));
            kms.scheduleKeyDeletion(
                    call -> call.keyId(waiting.keyMetadata().keyId()).pendingWindowInDays(7));
        }
        succeeded(caller.post(store + "/disconnect"));

        var refused = caller.end(caller.delete(store));

        assertThat(refused.at("/status")).isEqualTo("FAILED");
        assertThat(refused.at("/error/code")).isEqualTo("CustomKeyStoreHasCMKsException");
        assertThat(refused.at("/error/detail"))
                .contains("It has 4 KMS keys, of which 1 waits for deletion, the last one until 20");
        assertThat(refused.at("/error/remedy/steps/3")).contains("aws kms schedule-key-deletion");
        assertThat(caller.get(store).at("/wantedState")).isEqualTo("DISCONNECTED");
    }

    @Test
    void refusesAtOnceWhatAnotherStoreHasAlready() {
        var wanted = NewStore.of(service, NewStore.Kind.PUBLIC, "only-one");
        var created = succeeded(caller.post("/api/v1/key-stores", text(wanted.body(Map.of()))));

        var again = caller.post("/api/v1/key-stores", text(wanted.body(Map.of())));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.at("/code")).isEqualTo("KEY_STORE_EXISTS");
        assertThat(again.at("/detail")).startsWith("name: belongs to " + created.at("/keyStoreId"));
        assertThat(again.at("/keyStore")).isEqualTo(created.at("/links/keyStore"));
    }

    @Test
    void answersTheSameCreateWithTheRunningJobAndAnotherWithAConflict() {
        var wanted = NewStore.of(service, NewStore.Kind.PUBLIC, "twice-asked");
        wanted.proxy().answersIn(java.time.Duration.ofMillis(200));
        var first = caller.post("/api/v1/key-stores", text(wanted.body(Map.of())));

        var same = caller.post("/api/v1/key-stores", text(wanted.body(Map.of("reason", "asked again"))));
        var other = caller.post("/api/v1/key-stores", text(wanted.body(Map.of("connect", true))));

        // By then it may be there already, which is told otherwise.
        assertThat(same.status()).isIn(202, 409);
        if (same.status() == 202) {
            assertThat(same.at("/id")).isEqualTo(first.at("/id"));
        }
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.at("/code")).isIn("KEY_STORE_BUSY", "KEY_STORE_EXISTS");
        succeeded(first);
    }

    @Test
    void tellsWhatKmsRefusesAndWhatToDoAboutIt() {
        var wanted = NewStore.of(service, NewStore.Kind.PUBLIC, "refused");
        wanted.proxy().down(true);

        var refused = caller.end(caller.post("/api/v1/key-stores", text(wanted.body(Map.of()))));

        assertThat(refused.at("/status")).isEqualTo("FAILED");
        assertThat(refused.at("/error/code")).isEqualTo("XksProxyUriUnreachableException");
        assertThat(refused.at("/error/remedy/steps/0")).contains("openssl s_client");
        assertThat(refused.json().path("keyStoreId").isNull()).isTrue();
        assertThat(refused.json().path("links").path("keyStore").isNull()).isTrue();
        assertThat(refused.at("/steps/0/answer")).isEqualTo("XksProxyUriUnreachableException");
        wanted.proxy().down(false);
        succeeded(caller.post("/api/v1/key-stores", text(wanted.body(Map.of()))));
    }

    @Test
    void leavesAStoreDisconnectedAndSaysSoWhereKmsRefusesTheUpdate() {
        var wanted = NewStore.of(service, NewStore.Kind.PUBLIC, "half-way");
        var created = succeeded(caller.post("/api/v1/key-stores", text(wanted.body(Map.of("connect", true)))));
        var store = "/api/v1/key-stores/" + created.at("/keyStoreId");
        var nowhere = Map.of("xksProxyUriEndpoint", "https://nobody-is-here.example", "reconnect", true);

        var refused = caller.end(caller.patch(store, text(nowhere)));

        assertThat(refused.at("/error/code")).isEqualTo("XksProxyUriUnreachableException");
        assertThat(refused.at("/error/detail")).contains("was disconnected for this and stays so");
        assertThat(caller.get(store).at("/connectionState")).isEqualTo("DISCONNECTED");
        assertThat(caller.get(store).at("/wantedState")).isEqualTo("CONNECTED");
        succeeded(caller.post(store + "/connect"));
    }

    @Test
    void disconnectsNothingForANameThatIsTaken() {
        var first = NewStore.of(service, NewStore.Kind.PUBLIC, "taken-name");
        var second = first.andAnother("wants-a-name");
        succeeded(caller.post("/api/v1/key-stores", text(first.body(Map.of()))));
        var created = succeeded(caller.post("/api/v1/key-stores", text(second.body(Map.of("connect", true)))));
        var store = "/api/v1/key-stores/" + created.at("/keyStoreId");

        var refused =
                caller.end(caller.patch(store, text(second.another(Map.of("name", first.name(), "reconnect", true)))));

        assertThat(refused.at("/error/code")).isEqualTo("CustomKeyStoreNameInUseException");
        assertThat(refused.json().path("steps").isEmpty()).isTrue();
        assertThat(caller.get(store).at("/connectionState")).isEqualTo("CONNECTED");
    }

    @Test
    void repairsNothingThatIsConnectedAndLeavesNoNewValueOutInSilence() {
        var wanted = NewStore.of(service, NewStore.Kind.PUBLIC, "in-good-order");
        var created = succeeded(caller.post("/api/v1/key-stores", text(wanted.body(Map.of("connect", true)))));
        var store = "/api/v1/key-stores/" + created.at("/keyStoreId");

        var nothing = succeeded(caller.post(store + "/repair"));
        var refused = caller.end(caller.post(store + "/repair", text(Map.of("name", "another-name"))));

        assertThat(nothing.at("/detail")).isEqualTo("it is connected: nothing to repair");
        assertThat(refused.at("/error/code")).isEqualTo("UPDATE_INSTEAD");
        assertThat(caller.get(store).at("/name")).isEqualTo(wanted.name());
    }

    @Test
    void namesThePropertiesThatAJobGivesAndNoValue() {
        var wanted = NewStore.of(service, NewStore.Kind.CLOUD_HSM, "told-by-names");

        var created = succeeded(caller.post("/api/v1/key-stores", text(wanted.body(Map.of()))));

        assertThat(created.json().path("properties").valueStream().map(node -> node.asString()))
                .containsExactly("name", "cloudHsmClusterId", "trustAnchorCertificate", "keyStorePassword");
        assertThat(created.text()).doesNotContain(NewStore.PASSWORD);
    }

    private Answer succeeded(Answer accepted) {
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        var ended = caller.end(accepted);
        assertThat(ended.at("/status")).as(ended.text()).isEqualTo("SUCCEEDED");
        return ended;
    }

    private static List<String> calls(Answer job) {
        return job.json()
                .path("steps")
                .valueStream()
                .map(step -> step.path("call").asString())
                .toList();
    }

    private List<String> namesAtKms() {
        return service.control().seen().worlds().stream()
                .flatMap(world -> world.stores().stream())
                .map(store -> store.name())
                .toList();
    }

    private static String text(Map<String, ?> body) {
        return json.writeValueAsString(body);
    }
}
