package dev.keystores.sandbox.cloudhsm;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The certificates of a cluster and of all that were made from its backups. They follow from the lineage's name alone, so
 * that nothing has to be kept and a restored cluster has the same ones.
 *
 * @param trustAnchor {@code customerCA.crt}: whom the owner made sign the cluster's certificate; PEM
 * @param cluster {@code ClusterCertificate}, signed by the trust anchor; PEM
 */
public record Certificates(String trustAnchor, String cluster) {

    private static final int KEPT = 1000;

    private static final Map<String, Certificates> recent = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Certificates> eldest) {
            return size() > KEPT;
        }
    });

    static Certificates of(String lineage) {
        return recent.computeIfAbsent(lineage, CustomerCa::issue);
    }
}
