package dev.keystores.chaos.model;

import java.util.stream.Stream;

/** Something that must hold of every run. */
interface Rule {

    /** What breaks it, each in a line. */
    Stream<String> brokenBy(Course course);

    default Stream<Violation> violations(Course course) {
        return brokenBy(course).map(what -> new Violation(getClass().getSimpleName(), what));
    }
}
