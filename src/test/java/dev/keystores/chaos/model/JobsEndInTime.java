package dev.keystores.chaos.model;

import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** Every job ends by its deadline, and what it takes to notice; times in which nobody could be at work don't count. */
record JobsEndInTime() implements Rule {

    @Override
    public Stream<String> brokenBy(Course course) {
        return course.seen().jobs().stream()
                .filter(job -> job.ended()
                        && overrun(course, job).compareTo(course.bounds().notice()) > 0)
                .map(job -> "%s ended at %s, its deadline was %s; %s of that was calm"
                        .formatted(job, job.end(), job.deadline(), overrun(course, job)));
    }

    static Duration longestOverrun(Course course) {
        return course.seen().jobs().stream()
                .filter(Job::ended)
                .map(job -> overrun(course, job))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static Duration overrun(Course course, Job job) {
        return course.unrest().calm(job.deadline(), job.end());
    }
}
