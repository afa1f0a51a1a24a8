package dev.keystores.api;

import dev.keystores.event.Followers;
import dev.keystores.job.Job;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
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
    private final Semaphore places;

    @Autowired
    Waiting(Followers followers, TomcatServerProperties tomcat) {
        // Each holds a thread, and some have to be left for those who ask.
        this(followers, tomcat.getThreads().getMax() * 4 / 5);
    }

    /** @param most so many can wait at the same time */
    Waiting(Followers followers, int most) {
        this.followers = followers;
        this.places = new Semaphore(most);
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
     * @return empty where too many wait already: a preference is no more than that
     */
    Optional<Job> untilEnded(Job job, Supplier<Job> read, Duration time) {
        if (job.status().ended() || time.isZero()) {
            return Optional.of(job);
        }
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return Optional.of(held(job, read, time));
        } finally {
            places.release();
        }
    }

    private Job held(Job job, Supplier<Job> read, Duration time) {
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
