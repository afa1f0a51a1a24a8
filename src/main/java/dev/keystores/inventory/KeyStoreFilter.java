package dev.keystores.inventory;

import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreType;
import org.jspecify.annotations.Nullable;

/**
 * Which key stores somebody wants to see; null asks for no particular one.
 *
 * @param text a part of the name or of the id, whatever its case
 */
public record KeyStoreFilter(
        @Nullable String target,
        @Nullable ConnectionState state,
        @Nullable KeyStoreType type,
        @Nullable String text) {

    public static final KeyStoreFilter ALL = new KeyStoreFilter(null, null, null, null);
}
