package dev.keystores.api;

import dev.keystores.event.Followers;
import dev.keystores.job.Job;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Holds an answer until a job has ended, for whoever prefers that ({@code Prefer: wait=N}, RFC 7240). */
@Component
class Waiting {

    static final String PREFER = "Prefer";
    static final String APPLIED = "Preference-Applied";

    private static final Pattern WAIT = Pattern.compile("(?i)wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(;.*)?");
    private static final long MOST = 30;

    private final Followers followers;

    Waiting(Followers followers) {
        this.followers = followers;
    }

    /** What is preferred, in seconds; whatever can't be understood is no preference, as the RFC has it. */
    static Optional<Long> preferred(Collection<String> headers) {
        return headers.stream()
                .flatMap(header -> Pattern.compile(",").splitAsStream(header))
                .map(preference -> WAIT.matcher(preference.strip()))
                .filter(Matcher::matches)
                .map(wait -> Math.min(MOST, Long.parseLong(wait.group(1))))
                .findFirst();
    }

    /**
     * @param read the job as it is now
     */
    Job untilEnded(Job job, Supplier<Job> read, Duration time) {
        if (job.status().ended() || time.isZero()) {
            return job;
        }
        try (var follower = followers.followJob(job.id())) {
            var until = System.nanoTime() + time.toNanos();
            // Read anew: it may have ended before anybody followed.
            var now = read.get();
            while (!now.status().ended() && !follower.closed() && until > System.nanoTime()) {
                follower.next(Duration.ofNanos(until - System.nanoTime()));
                now = read.get();
            }
            return now;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return read.get();
        }
    }
}
