package dev.keystores.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What people and tools read, of all stores there are. */
final class Pages {

    private static final int TIMES = 300;
    private static final int WARM_UP = 100;

    private final Figures figures;
    private final Service service;
    private final String where;

    /** @param where with how many stores */
    Pages(Figures figures, Service service, String where) {
        this.figures = figures;
        this.service = service;
        this.where = where;
    }

    void measure(int targets) throws Exception {
        read("overview page", List.of("/"));
        read("list, first page of 100", List.of("/api/v1/key-stores?limit=100"));
        read("list, any page of 100", cursors());
        read("list, 100 of a state", List.of("/api/v1/key-stores?state=DISCONNECTED&limit=100"));
        read("list, 100 of a type", List.of("/api/v1/key-stores?type=EXTERNAL_KEY_STORE&limit=100"));
        read("list, those of a target", List.of("/api/v1/key-stores?target=target-%05d".formatted(targets / 2)));
        read("list, a name that there isn't", List.of("/api/v1/key-stores?q=no-such-store"));
        read("targets, first page of 100", List.of("/api/v1/targets?limit=100"));
        read("jobs, first page of 100", List.of("/api/v1/jobs?limit=100"));
        read("health of the key stores", List.of("/actuator/health/keystores"));
        read("metrics", List.of("/actuator/prometheus"));
    }

    private List<String> cursors() {
        var pages = new ArrayList<String>();
        var next = "/api/v1/key-stores?limit=100";
        for (var page = service.get(next); page.hasNonNull("nextCursor"); page = service.get(next)) {
            next = "/api/v1/key-stores?limit=100&cursor="
                    + page.get("nextCursor").asString();
            pages.add(next);
        }
        return pages;
    }

    /** One after the other by one client, and then by four at a time. */
    private void read(String what, List<String> addresses) throws Exception {
        for (var time = 0; time < WARM_UP; time++) {
            service.text(any(addresses));
        }
        for (var clients : List.of(1, 4)) {
            var times = new Times();
            Together.run(clients, () -> {
                for (var time = 0; time < TIMES / clients; time++) {
                    var begin = System.nanoTime();
                    service.text(any(addresses));
                    times.add(Duration.ofNanos(System.nanoTime() - begin));
                }
                return null;
            });
            figures.add(
                    what,
                    "%s, %d at a time".formatted(where, clients),
                    "p50 ms",
                    times.percentile(50),
                    "p99 ms",
                    times.percentile(99));
        }
    }

    private static String any(List<String> addresses) {
        return addresses.get(ThreadLocalRandom.current().nextInt(addresses.size()));
    }
}
