package dev.keystores.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What lies outside of AWS's APIs: HSM users, proxies, networks.
 *
 * @param root such as http://127.0.0.1:4599
 */
record SandboxDoor(RunningJar http, URI root) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    void put(String path, Map<String, ?> wishes) {
        requireOk(http.put(at(path), JSON.writeValueAsString(wishes)));
    }

    void post(String path, Map<String, ?> wishes) {
        requireOk(http.post(at(path), JSON.writeValueAsString(wishes)));
    }

    void delete(String path) {
        requireOk(http.delete(at(path)));
    }

    JsonNode store(String id) {
        return ofAllWorlds("stores", id);
    }

    JsonNode cluster(String id) {
        return ofAllWorlds("clusters", id);
    }

    /** One on which no key store is. */
    JsonNode spareCluster(String account, String region) {
        return http.get(root + "/_sandbox")
                .get("worlds")
                .valueStream()
                .filter(world -> world.get("account").asString().equals(account)
                        && world.get("region").asString().equals(region))
                .flatMap(world -> world.get("clusters").valueStream())
                .filter(cluster -> cluster.get("id").asString().contains("spare"))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode ofAllWorlds(String things, String id) {
        return http.get(root + "/_sandbox")
                .get("worlds")
                .valueStream()
                .flatMap(world -> world.get(things).valueStream())
                .filter(thing -> thing.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private String at(String path) {
        return root + "/_sandbox/" + path;
    }

    private static void requireOk(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
