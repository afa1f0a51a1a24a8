package dev.keystores.api;

import dev.keystores.event.Followers;
import dev.keystores.job.Job;
import java.time.Duration;
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

    /** A comma within quotes is text. Possessive: anything else recurses over each character of a long header. */
    private static final Pattern PREFERENCE = Pattern.compile("(?:[^,\"]++|\"(?:[^\"\\\\]++|\\\\.)*+\")++");

    private static final Pattern WAIT = Pattern.compile("(?i)wait\\s*=\\s*(?:0*(\\d+)|\"0*(\\d+)\")\\s*(;.*)?");
    private static final int DIGITS = 3;
    private static final long MOST = 30;

    private final Followers followers;

    Waiting(Followers followers) {
        this.followers = followers;
    }

    /** What is preferred, in seconds; whatever can't be understood is no preference, as the RFC has it. */
    static Optional<Long> preferred(String preferences) {
        return PREFERENCE
                .matcher(preferences)
                .results()
                .map(preference -> WAIT.matcher(preference.group().strip()))
                .filter(Matcher::matches)
                .map(wait -> seconds(wait.group(1) == null ? wait.group(2) : wait.group(1)))
                .findFirst();
    }

    private static long seconds(String digits) {
        return digits.length() >= DIGITS ? MOST : Math.min(MOST, Long.parseLong(digits));
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
