package dev.keystores.job;

import dev.keystores.inventory.ConfiguredTargets;
import dev.keystores.inventory.Leases;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * After a kill the ticks that were running are still marked so, until their heartbeat has been missed for long enough. An
 * embedded database has one process at a time: there nobody else can be running them.
 */
@Repository
class LeftBehind {

    private final JdbcClient jdbc;
    private final Leases leases;
    private final ConfiguredTargets configured;
    private final boolean embedded;

    LeftBehind(
            JdbcClient jdbc,
            Leases leases,
            ConfiguredTargets configured,
            @Value("${spring.datasource.url}") String database) {
        this.jdbc = jdbc;
        this.leases = leases;
        this.configured = configured;
        this.embedded = database.startsWith("jdbc:h2:file:");
    }

    void release() {
        if (embedded) {
            jdbc.sql("UPDATE scheduled_tasks SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL WHERE picked")
                    .update();
            leases.letGoOfAll();
            configured.forgetOthers();
        }
    }
}
