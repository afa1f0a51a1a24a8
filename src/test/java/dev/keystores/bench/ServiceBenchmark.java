package dev.keystores.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * All that is said to be fast, by the packaged application beside a sandbox that is a process of its own on the same
 * processors. Run by {@code ./mvnw -Pbench verify}, one part of it with {@code -Dit.test=ServiceBenchmark#rests}; asserts
 * nothing of its figures.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServiceBenchmark {

    private static final Path DIRECTORY = Path.of("target", "bench").toAbsolutePath();
    private static final Figures FIGURES = new Figures();
    private static final int FEW = 500;
    private static final int MANY = Integer.getInteger("bench.targets", 5_000);
    private static final int STORES = 10;
    private static final int SUBMITTED = 4_000;

    /** Of the memory of a container of 512 MB, what is left for the heap beside code, classes and threads. */
    private static final List<String> SMALL = Jvm.jar("-Xmx224m", "-XX:+UseSerialGC");

    @BeforeAll
    static void startAnew() throws Exception {
        if (Files.exists(DIRECTORY)) {
            try (var files = Files.walk(DIRECTORY)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    @AfterAll
    static void tell() {
        FIGURES.close(DIRECTORY.resolve("figures.json"));
    }

    @Test
    @Order(1)
    void starts() throws Exception {
        new Starting(FIGURES, DIRECTORY.resolve("starting")).measure();
    }

    @Test
    @Order(2)
    void acceptsOnTheEmbeddedDatabase() throws Exception {
        var directory = DIRECTORY.resolve("accepting-h2");
        accepts(
                "H2",
                directory,
                "jdbc:h2:file:%s/data/key-stores;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0"
                        .formatted(directory));
    }

    @Test
    @Order(3)
    void acceptsOnPostgresql() throws Exception {
        try (var postgres = postgres()) {
            var url = postgres.getJdbcUrl("postgres", "postgres");
            accepts("PostgreSQL", DIRECTORY.resolve("accepting-postgresql"), url, "--spring.datasource.url=" + url);
        }
    }

    @Test
    @Order(4)
    void seesTheEnd() throws Exception {
        try (var aws = Aws.start(DIRECTORY.resolve("seeing-aws"), 1)) {
            var seeing = new SeeingTheEnd(FIGURES, aws, DIRECTORY.resolve("seeing"));
            seeing.together(new SeeingTheEnd.Stores("1 store, in 50 targets", 50, 1));
            seeing.together(new SeeingTheEnd.Stores("10 stores, in 10 targets", 10, STORES));
        }
        // So many at the same time would only measure each other. An external connect takes a minute here, not five.
        try (var aws = Aws.start(DIRECTORY.resolve("seeing-many-aws"), 5)) {
            new SeeingTheEnd(FIGURES, aws, DIRECTORY.resolve("seeing-many"))
                    .oneByOne(new SeeingTheEnd.Stores("1 store, in %d targets".formatted(FEW), FEW, 1));
        }
    }

    @Test
    @Order(5)
    void rests() throws Exception {
        try (var aws = Aws.start(DIRECTORY.resolve("rest-aws"), 60)) {
            aws.fill(0, MANY, STORES);
            for (var targets : List.of(FEW, MANY)) {
                rests("H2", aws, targets);
            }
            try (var postgres = postgres()) {
                rests(
                        "PostgreSQL",
                        aws,
                        MANY,
                        "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"));
            }
        }
    }

    private static void rests(String database, Aws aws, int targets, String... settings) throws Exception {
        var directory = DIRECTORY.resolve("rest-%s-%d".formatted(database, targets));
        try (var service = Service.start(directory, aws, 0, targets, SMALL, settings)) {
            service.awaitStores((long) targets * STORES);
            Rest.measure(FIGURES, service, targets, database);
            if (targets == MANY) {
                new Pages(FIGURES, service, "%s, %d stores".formatted(database, targets * STORES)).measure(targets);
            }
        }
    }

    private static void accepts(String database, Path directory, String url, String... settings) throws Exception {
        try (var aws = Aws.start(directory.resolve("aws"), 60)) {
            aws.fill(0, FEW, STORES);
            Accepting most;
            double rate;
            try (var service = Service.start(directory, aws, 0, FEW, Jvm.jar("-Xmx512m"), settings)) {
                service.awaitStores((long) FEW * STORES);
                var all = service.storeIds();
                new Accepting(service, aws, all.subList(SUBMITTED, all.size())).warmUp();
                var stores = all.subList(0, SUBMITTED);
                new Accepting(service, aws, stores).atARate(FIGURES, database);
                most = new Accepting(service, aws, stores);
                rate = most.asManyAsPossible("disconnect");
            }
            var bare = new BareCommits(url).perSecond(Accepting.CLIENTS);
            FIGURES.add(
                    "submit, %d clients".formatted(Accepting.CLIENTS),
                    database,
                    "a second",
                    rate,
                    "p50 ms",
                    most.times().percentile(50),
                    "p99 ms",
                    most.times().percentile(99),
                    "refused",
                    most.refused(),
                    "bare commits a second",
                    bare,
                    "ratio",
                    rate / bare);
        }
    }

    private static EmbeddedPostgres postgres() throws Exception {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }
}
