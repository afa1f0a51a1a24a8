package dev.keystores.chaos;

import dev.keystores.chaos.model.Claim;
import dev.keystores.chaos.model.Job;
import java.util.List;
import java.util.stream.Stream;

/** What the replicas of a run keep their rows in. */
interface Database extends AutoCloseable {

    /** How many processes it serves. */
    int replicas();

    /** What a process needs to be told. */
    Stream<String> settings(String process);

    /** Once its tables are there. */
    void watchClaims();

    /** Those since the last time. */
    List<Claim> claims();

    /** Whether a process has the right to call KMS about some target just now, as far as can be told. */
    boolean atWork(String process);

    /**
     * Stops it, whatever is going on.
     *
     * @param inOrder or as a crash would
     */
    void stop(boolean inOrder);

    /** Starts it again, and waits until it takes connections. */
    void startAgain();

    /** Every job with its steps; of an embedded one only while no process has it. */
    List<Job> jobs();

    @Override
    void close();
}
