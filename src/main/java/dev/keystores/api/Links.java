package dev.keystores.api;

import dev.keystores.job.Change;
import dev.keystores.job.Job;
import dev.keystores.keystore.KeyStoreId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.web.util.UriUtils;

/** The addresses of what the API shows. */
final class Links {

    static final String ROOT = "/api/v1";

    private Links() {}

    static String target(String name) {
        return ROOT + "/targets/" + name;
    }

    /** With the target, so that it stays right even where two targets show the same id. */
    static String keyStore(String target, KeyStoreId id) {
        return keyStorePath(id) + "?target=" + target;
    }

    static String history(String target, KeyStoreId id) {
        return keyStorePath(id) + "/history?target=" + target;
    }

    /** Of one that has an address of its own. */
    static String change(KeyStoreId id, Change change) {
        return keyStorePath(id) + "/" + change.kind().name().toLowerCase(Locale.ROOT);
    }

    static String job(String id) {
        return ROOT + "/jobs/" + id;
    }

    static String cancel(Job job) {
        return job(job.id()) + "/cancel";
    }

    private static String keyStorePath(KeyStoreId id) {
        return ROOT + "/key-stores/" + UriUtils.encodePathSegment(id.value(), StandardCharsets.UTF_8);
    }
}
