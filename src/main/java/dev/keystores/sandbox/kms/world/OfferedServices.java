package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.ec2.EndpointService;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The VPC endpoint services of all accounts: a store may be behind one of another account. */
public final class OfferedServices {

    private final Map<Scope, Map<String, EndpointService>> byScope = new ConcurrentHashMap<>();

    /** After each save. */
    void are(Scope scope, WorldState state) {
        byScope.put(scope, state.services());
    }

    Optional<EndpointService> find(Scope scope, String name) {
        return Optional.ofNullable(byScope.getOrDefault(scope, Map.of()).get(name));
    }
}
