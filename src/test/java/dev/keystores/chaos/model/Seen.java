package dev.keystores.chaos.model;

import java.util.List;

/**
 * All that was seen of a run. Every time is of the same machine's clock.
 *
 * @param rows the jobs once more, as they stand in the database in the end; empty until then
 * @param claims empty where there is but one process
 */
public record Seen(
        List<Submission> submissions,
        List<Cancel> cancels,
        List<Glimpse> glimpses,
        List<Job> jobs,
        List<Job> rows,
        List<KmsCall> calls,
        List<StoreState> states,
        List<ProcessEvent> processes,
        List<Claim> claims,
        List<Trouble> troubles,
        List<Shown> shown) {}
