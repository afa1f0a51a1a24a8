package dev.keystores.sandbox.kms.store;

import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.call.Randoms;
import dev.keystores.sandbox.kms.model.Choices;
import dev.keystores.sandbox.kms.world.Transit;
import java.util.Map;

/** The six operations on custom key stores, by their names on the wire. */
public final class StoreOperations {

    private StoreOperations() {}

    public static Map<String, Operation> all(
            Transit transit, ExternalRules external, Randoms randoms, Choices choices) {
        return Map.of(
                "ConnectCustomKeyStore", new ConnectCustomKeyStore(transit, choices),
                "CreateCustomKeyStore", new CreateCustomKeyStore(external, randoms::storeId),
                "DeleteCustomKeyStore", new DeleteCustomKeyStore(),
                "DescribeCustomKeyStores", new DescribeCustomKeyStores(),
                "DisconnectCustomKeyStore", new DisconnectCustomKeyStore(transit.pace()),
                "UpdateCustomKeyStore", new UpdateCustomKeyStore(external, choices));
    }
}
