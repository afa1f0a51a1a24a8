package dev.keystores.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * What came of a change for a selection of key stores.
 *
 * @param accepted how many of them have a job
 * @param refused how many of them have a problem
 * @param items one for each, in the order they were named, or by target and id
 */
record BatchView(long accepted, long refused, List<ItemView> items) {

    static BatchView of(List<ItemView> items) {
        var accepted = items.stream().filter(item -> item.job() != null).count();
        return new BatchView(accepted, items.size() - accepted, items);
    }

    /**
     * The answer that the same request about this key store alone would have had.
     *
     * @param keyStoreId its {@code CustomKeyStoreId}
     * @param target where it is; null where that isn't known
     * @param status 202, or that of the problem
     * @param job the job that stays with it
     * @param problem why there is none
     */
    record ItemView(
            String keyStoreId,
            @Nullable String target,
            int status,
            @Nullable JobView job,

            @Schema(ref = "#/components/schemas/" + OpenApi.PROBLEM) @Nullable
            ProblemDetail problem) {

        static ItemView accepted(String keyStoreId, JobView job) {
            return new ItemView(keyStoreId, job.target(), HttpStatus.ACCEPTED.value(), job, null);
        }

        static ItemView refused(String keyStoreId, @Nullable String target, ProblemDetail problem) {
            return new ItemView(keyStoreId, target, problem.getStatus(), null, problem);
        }
    }
}
