package dev.keystores.chaos.model;

import java.util.List;

/** All that is promised, held against all that was seen. */
public record Model(Bounds bounds) {

    private static final List<Rule> RULES = List.of(
            new AcceptedIsNeverLost(),
            new NothingIsDoneTwice(),
            new EveryAskIsOnItsJob(),
            new NoConnectTooMany(),
            new OutcomesAreTrue(),
            new TheQuotaHolds(),
            new NobodyCallsWithoutTheTarget(),
            new JobsMoveAgain(),
            new JobsEndInTime(),
            new TheServiceShowsWhatIs());

    public List<Violation> violations(Seen seen) {
        var course = new Course(seen, bounds);
        return RULES.stream().flatMap(rule -> rule.violations(course)).toList();
    }

    public Figures figures(Seen seen) {
        return Figures.of(new Course(seen, bounds));
    }
}
