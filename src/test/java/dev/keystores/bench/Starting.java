package dev.keystores.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** From {@code java} to the first answer of the readiness probe: embedded database, sandbox, nothing set. */
final class Starting {

    private static final int TIMES = 7;
    private static final String APPLICATION = "application";

    private final Figures figures;
    private final Path directory;

    Starting(Figures figures, Path directory) {
        this.figures = figures;
        this.directory = directory;
    }

    void measure() throws Exception {
        var jar = extract();
        var cache = directory.resolve("application.aot");
        start("trained", List.of("-XX:AOTCacheOutput=" + cache, "-jar", jar));
        if (!Files.exists(cache)) {
            throw new IOException("no AOT cache was written, see " + directory.resolve("trained"));
        }
        figures("the jar as it is", Jvm.jar());
        figures("extracted", List.of("-jar", jar));
        figures("extracted, with the AOT cache", List.of("-XX:AOTCache=" + cache, "-jar", jar));
    }

    private void figures(String how, List<String> java) throws IOException {
        var times = new Times();
        for (var time = 0; time < TIMES; time++) {
            times.add(start("%s-%d".formatted(how.replaceAll("\\W+", "-"), time), java));
        }
        figures.add("start to ready", how, "p50 s", times.percentile(50) / 1000, "max s", times.percentile(100) / 1000);
    }

    private Duration start(String name, List<String> java) throws IOException {
        var port = Jvm.freePort();
        var settings = List.of(
                "--server.port=" + port,
                "--keystores.sandbox.port=" + Jvm.freePort(),
                "--keystores.sandbox.xks-port=" + Jvm.freePort());
        try (var jvm = Jvm.start(directory.resolve(name), port, "/actuator/health/readiness", java, settings)) {
            return jvm.started();
        }
    }

    private String extract() throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Jvm.java());
        command.add("-Djarmode=tools");
        command.addAll(Jvm.jar());
        command.addAll(List.of(
                "extract", "--destination", directory.resolve(APPLICATION).toString()));
        Files.createDirectories(directory);
        var log = directory.resolve("extract.txt").toFile();
        var extracting = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        if (!extracting.waitFor(60, TimeUnit.SECONDS) || extracting.exitValue() != 0) {
            throw new IOException("not extracted, see " + log);
        }
        try (var files = Files.list(directory.resolve(APPLICATION))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        }
    }
}
