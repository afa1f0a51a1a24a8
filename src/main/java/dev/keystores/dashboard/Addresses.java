package dev.keystores.dashboard;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.keystore.KeyStoreId;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Which key store the address of a page means. */
@Component
class Addresses {

    private final Inventory inventory;

    Addresses(Inventory inventory) {
        this.inventory = inventory;
    }

    /**
     * @throws ResponseStatusException 404, when there is none
     */
    SeenKeyStore keyStore(String target, String id) {
        return id(id).flatMap(keyStoreId -> inventory.find(target, keyStoreId))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static Optional<KeyStoreId> id(String id) {
        try {
            return Optional.of(new KeyStoreId(id));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }
}
