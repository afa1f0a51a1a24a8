package dev.keystores.inventory;

import static dev.keystores.inventory.Columns.utc;

import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of the key stores. */
@Repository
class KeyStores {

    /** Instead of a state, for a store that KMS doesn't list any more. */
    static final String GONE = "GONE";

    private static final String SELECT = """
            SELECT k.*, t.looked_at FROM key_store k JOIN target t ON t.name = k.target
            """;

    private static final String COUNT =
            "SELECT count(*) FROM key_store k JOIN target t ON t.name = k.target WHERE t.configured ";

    /** What was left behind by others is nobody's business any more. */
    private static final String CONFIGURED = SELECT + "WHERE t.configured ";

    private final JdbcClient jdbc;

    KeyStores(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of any target: who looks at it has to know what is there already. */
    List<SeenKeyStore> of(String target) {
        return jdbc.sql(SELECT + "WHERE k.target = :target ORDER BY k.id")
                .param("target", target)
                .query(KeyStoreRow::read)
                .list();
    }

    Optional<SeenKeyStore> find(String target, KeyStoreId id) {
        return jdbc.sql(CONFIGURED + "AND k.target = :target AND k.id = :id")
                .param("target", target)
                .param("id", id.value())
                .query(KeyStoreRow::read)
                .optional();
    }

    List<SeenKeyStore> withId(KeyStoreId id) {
        return jdbc.sql(CONFIGURED + "AND k.id = :id ORDER BY k.target")
                .param("id", id.value())
                .query(KeyStoreRow::read)
                .list();
    }

    /** The next ones after a target and id, in that order. */
    List<SeenKeyStore> page(KeyStoreFilter filter, String afterTarget, String afterId, int limit) {
        return matching(filter, """
                  AND k.target >= :afterTarget AND (k.target > :afterTarget OR k.id > :afterId)
                """ + order(filter))
                .param("afterTarget", afterTarget)
                .param("afterId", afterId)
                .param("limit", limit)
                .query(KeyStoreRow::read)
                .list();
    }

    /** The first of those that KMS still lists. */
    List<SeenKeyStore> listed(KeyStoreFilter filter, int limit) {
        return matching(filter, "AND NOT k.gone " + order(filter))
                .param("limit", limit)
                .query(KeyStoreRow::read)
                .list();
    }

    long countListed(KeyStoreFilter filter) {
        return with(filter, jdbc.sql(COUNT + conditions(filter) + "AND NOT k.gone"))
                .query(Long.class)
                .single();
    }

    /** With what is the same for all: a database that doesn't see that would not take an index for the order. */
    private static String order(KeyStoreFilter filter) {
        if (filter.state() != null) {
            return "ORDER BY k.state, k.gone, k.target, k.id LIMIT :limit";
        }
        return filter.type() != null && filter.target() == null
                ? "ORDER BY k.type, k.target, k.id LIMIT :limit"
                : "ORDER BY k.target, k.id LIMIT :limit";
    }

    /** Only those that are asked for: with one that takes anything, the databases look at every row. */
    private static String conditions(KeyStoreFilter filter) {
        return (filter.target() == null ? "" : "AND k.target = :target ")
                + (filter.state() == null ? "" : "AND k.state = :state AND NOT k.gone ")
                + (filter.type() == null ? "" : "AND k.type = :type ")
                + (filter.text() == null
                        ? ""
                        : "AND (lower(k.name) LIKE :text ESCAPE '!' OR lower(k.id) LIKE :text ESCAPE '!') ");
    }

    /** How many there are, by target and state. */
    Map<String, Map<String, Long>> countsByTarget() {
        var counts = new HashMap<String, Map<String, Long>>();
        jdbc.sql("""
                SELECT k.target, CASE WHEN k.gone THEN 'GONE' ELSE k.state END AS seen, count(*) AS number
                FROM key_store k JOIN target t ON t.name = k.target WHERE t.configured
                GROUP BY k.target, CASE WHEN k.gone THEN 'GONE' ELSE k.state END
                """).query(row -> {
            counts.computeIfAbsent(row.getString("target"), target -> new HashMap<>())
                    .put(row.getString("seen"), row.getLong("number"));
        });
        return counts;
    }

    /** @return its version */
    long insert(String target, KeyStore keyStore, Instant now) {
        jdbc.sql("""
                INSERT INTO key_store (target, id, name, type, state, error_code, remembered_code, remembered_at, since,
                    since_exact, gone, created_at, cloud_hsm_cluster_id, trust_anchor, xks_connectivity, xks_uri_endpoint, xks_uri_path,
                    xks_access_key_id, xks_vpc_service_name, xks_vpc_service_owner, trouble, version)
                VALUES (:target, :id, :name, :type, :state, :code, :code, :codeAt, :now, FALSE, FALSE, :created, :cluster,
                    :anchor, :connectivity, :endpoint, :path, :accessKey, :service, :owner,
                """ + Trouble.sql("CAST(:state AS varchar)", "FALSE", "CAST(NULL AS varchar)", "CAST(NULL AS varchar)")
                        + """
                    , 1)
                """)
                .params(values(target, keyStore))
                .param("codeAt", keyStore.connectionErrorCode() == null ? null : utc(now))
                .param("now", utc(now))
                .update();
        return 1;
    }

    /**
     * Writes what KMS now says; since and the remembered code move only where the state or the code did.
     *
     * @return its version now
     */
    long update(SeenKeyStore before, KeyStore now, Instant at) {
        var moved = before.gone() || before.state() != now.connectionState();
        var failure = now.connectionErrorCode() != null
                && (moved || !now.connectionErrorCode().equals(before.keyStore().connectionErrorCode()));
        var update = jdbc.sql("""
                UPDATE key_store SET name = :name, type = :type, state = :state, error_code = :code, created_at = :created,
                    remembered_code = :remembered, remembered_at = :rememberedAt, since = :since, since_exact = :exact,
                    gone = FALSE, last_seen = NULL, cloud_hsm_cluster_id = :cluster, trust_anchor = :anchor,
                    xks_connectivity = :connectivity,
                    xks_uri_endpoint = :endpoint, xks_uri_path = :path, xks_access_key_id = :accessKey,
                    xks_vpc_service_name = :service, xks_vpc_service_owner = :owner, version = version + 1, trouble =
                """ + Trouble.sql("CAST(:state AS varchar)", "FALSE", "wanted_state", "active_job") + """
                WHERE target = :target AND id = :id
                """)
                .params(values(before.target(), now))
                .param("remembered", failure ? now.connectionErrorCode() : before.rememberedCode())
                .param("rememberedAt", utc(failure ? at : before.rememberedAt()))
                .param("since", utc(moved ? at : before.since()))
                .param("exact", moved || before.sinceExact());
        return ChangedRow.version(update).orElseThrow();
    }

    /** @return its version now */
    long gone(SeenKeyStore before, Instant at) {
        var update = jdbc.sql("""
                UPDATE key_store SET gone = TRUE, last_seen = :lastSeen, since = :at, since_exact = TRUE,
                    version = version + 1, trouble =
                """ + Trouble.sql("state", "TRUE", "wanted_state", "active_job") + """
                WHERE target = :target AND id = :id
                """)
                .param("lastSeen", utc(before.lastSeen()))
                .param("at", utc(at))
                .param("target", before.target())
                .param("id", before.id().value());
        return ChangedRow.version(update).orElseThrow();
    }

    /**
     * Sets what the store is wanted to be, and the job that sees to it.
     *
     * @return its version now; empty where there is no such store
     */
    Optional<Long> changing(String target, KeyStoreId id, @Nullable String wanted, @Nullable String job) {
        var update = jdbc.sql(
                        """
                UPDATE key_store SET wanted_state = :wanted, active_job = :job, version = version + 1, trouble =
                """ + Trouble.sql("state", "gone", "CAST(:wanted AS varchar)", "CAST(:job AS varchar)") + """
                WHERE target = :target AND id = :id
                """)
                .param("wanted", wanted)
                .param("job", job)
                .param("target", target)
                .param("id", id.value());
        return ChangedRow.version(update);
    }

    private JdbcClient.StatementSpec matching(KeyStoreFilter filter, String which) {
        return with(filter, jdbc.sql(CONFIGURED + conditions(filter) + which));
    }

    private JdbcClient.StatementSpec with(KeyStoreFilter filter, JdbcClient.StatementSpec statement) {
        return statement
                .param("target", filter.target())
                .param("state", filter.state() == null ? null : filter.state().name())
                .param("type", filter.type() == null ? null : filter.type().name())
                .param("text", pattern(filter.text()));
    }

    private static Map<String, @Nullable Object> values(String target, KeyStore keyStore) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("target", target);
        values.put("id", keyStore.id().value());
        values.put("name", keyStore.name());
        values.put("type", keyStore.type().name());
        values.put("state", keyStore.connectionState().name());
        values.put("code", keyStore.connectionErrorCode());
        values.put("created", utc(keyStore.creationDate()));
        switch (keyStore.configuration()) {
            case Configuration.CloudHsm hsm -> {
                values.put("cluster", hsm.cloudHsmClusterId());
                values.put("anchor", hsm.trustAnchorCertificate());
                List.of("connectivity", "endpoint", "path", "accessKey", "service", "owner")
                        .forEach(absent -> values.put(absent, null));
            }
            case Configuration.ExternalKeyStore external -> {
                values.put("cluster", null);
                values.put("anchor", null);
                values.put("connectivity", external.xksProxyConnectivity());
                values.put("endpoint", external.xksProxyUriEndpoint());
                values.put("path", external.xksProxyUriPath());
                values.put("accessKey", external.xksProxyAccessKeyId());
                values.put("service", external.xksProxyVpcEndpointServiceName());
                values.put("owner", external.xksProxyVpcEndpointServiceOwner());
            }
        }
        return values;
    }

    private static @Nullable String pattern(@Nullable String text) {
        return text == null ? null : "%" + text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
    }
}
