package dev.keystores.inventory;

import static dev.keystores.inventory.Columns.instant;
import static dev.keystores.inventory.Columns.name;
import static dev.keystores.inventory.Columns.time;

import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreType;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads a row of {@code key_store}, joined with the time its target was last looked at. */
final class KeyStoreRow {

    private KeyStoreRow() {}

    static SeenKeyStore read(ResultSet row, int number) throws SQLException {
        var gone = row.getBoolean("gone");
        return new SeenKeyStore(
                row.getString("target"),
                keyStore(row),
                time(row, "since"),
                row.getBoolean("since_exact"),
                instant(row, gone ? "last_seen" : "looked_at"),
                gone,
                name(row, "wanted_state", ConnectionState.class),
                row.getString("active_job"),
                row.getString("remembered_code"),
                instant(row, "remembered_at"),
                row.getLong("version"));
    }

    private static KeyStore keyStore(ResultSet row) throws SQLException {
        var type = KeyStoreType.valueOf(row.getString("type"));
        return new KeyStore(
                new KeyStoreId(row.getString("id")),
                row.getString("name"),
                type,
                ConnectionState.valueOf(row.getString("state")),
                row.getString("error_code"),
                instant(row, "created_at"),
                configuration(row, type));
    }

    private static Configuration configuration(ResultSet row, KeyStoreType type) throws SQLException {
        return switch (type) {
            case AWS_CLOUDHSM ->
                new Configuration.CloudHsm(row.getString("cloud_hsm_cluster_id"), row.getString("trust_anchor"));
            case EXTERNAL_KEY_STORE ->
                new Configuration.ExternalKeyStore(
                        row.getString("xks_connectivity"),
                        row.getString("xks_uri_endpoint"),
                        row.getString("xks_uri_path"),
                        row.getString("xks_access_key_id"),
                        row.getString("xks_vpc_service_name"),
                        row.getString("xks_vpc_service_owner"));
        };
    }
}
