package dev.keystores.chaos.model;

import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Once all is quiet, the service shows each store as it is at KMS, and the database has each job as it was told. */
record TheServiceShowsWhatIs() implements Rule {

    @Override
    public Stream<String> brokenBy(Course course) {
        return Stream.concat(stores(course), rows(course));
    }

    private static Stream<String> stores(Course course) {
        return course.seen().shown().stream()
                .filter(shown -> !shown.state().equals(shown.atKms()))
                .map(shown -> "after round %d %s was shown %s and was %s"
                        .formatted(shown.round(), shown.keyStoreId(), shown.state(), shown.atKms()));
    }

    private static Stream<String> rows(Course course) {
        var stored = course.seen().stored();
        if (stored == null) {
            return Stream.empty();
        }
        var rows = stored.jobs().stream().collect(Collectors.toMap(Job::id, Function.identity()));
        var told = course.seen().jobs().stream()
                .filter(job -> !job.equals(rows.get(job.id())))
                .map(job ->
                        "%s was told as %s, and its row is %s".formatted(job.id(), job.status(), rows.get(job.id())));
        var untold =
                rows.values().stream().filter(row -> !course.knows(row.id())).map(row -> "nobody was told of " + row);
        return Stream.concat(told, untold);
    }
}
