package dev.keystores.chaos.model;

import java.util.List;

/** The jobs as they stand in the database once no process is left. */
public record Stored(List<Job> jobs) {

    public Stored {
        jobs = List.copyOf(jobs);
    }
}
