package dev.keystores.chaos.model;

import dev.keystores.chaos.model.ProcessEvent.Kind;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who has lost a target puts no call on the wire. Between the last check and the wire lie microseconds in which a process can
 * be stopped: one such call in fifty pauses is taken for that, and reported.
 */
record NobodyCallsWithoutTheTarget() implements Rule {

    private static final int PAUSES_FOR_ONE_MORE = 50;

    @Override
    public Stream<String> brokenBy(Course course) {
        var pauses = course.seen().processes().stream()
                .filter(event -> event.is(Kind.PAUSED))
                .count();
        var allowed = pauses == 0 ? 0 : 1 + pauses / PAUSES_FOR_ONE_MORE;
        return late(course).stream()
                .skip(allowed)
                .map(call -> "without the right to: %s (%d such calls are taken for the fence's window)"
                        .formatted(call, allowed));
    }

    static List<KmsCall> late(Course course) {
        return course.calls().stream().filter(course::late).toList();
    }
}
