package dev.keystores.chaos.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was seen of a run. Every time is of the same machine's clock.
 *
 * @param stored null until the end
 * @param claims empty where there is but one process
 */
public record Seen(
        List<Submission> submissions,
        List<Cancel> cancels,
        List<Glimpse> glimpses,
        List<Job> jobs,
        @Nullable Stored stored,
        List<KmsCall> calls,
        List<StoreState> states,
        List<ProcessEvent> processes,
        List<Claim> claims,
        List<Trouble> troubles,
        List<Shown> shown) {}
