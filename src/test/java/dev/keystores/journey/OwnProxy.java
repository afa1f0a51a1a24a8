package dev.keystores.journey;

import java.util.Map;

/** The external key store proxy of an account. */
final class OwnProxy {

    static final String KEY_ID = "SANDBOXACCESSKEY2222";
    static final String SECRET = "SANDBOX/SANDBOX/SANDBOX/SANDBOX/SANDBOX/SANDBOX=";

    private final SandboxDoor door;
    private final String account;

    OwnProxy(SandboxDoor door, String account) {
        this.door = door;
        this.account = account;
    }

    String host() {
        return "xks-%s.example".formatted(account);
    }

    String newHost() {
        return "moved-" + host();
    }

    void make() {
        door.post("proxies", Map.of("host", host()));
    }

    void makeNew() {
        door.post("proxies", Map.of("host", newHost()));
    }

    void change(String property, Object value) {
        door.put("proxies/" + host(), Map.of(property, value));
    }

    void delete() {
        door.delete("proxies/" + host());
    }
}
