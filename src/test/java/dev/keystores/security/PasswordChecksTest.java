package dev.keystores.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.job.TestTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

class PasswordChecksTest {

    private final PasswordEncoder bcrypt = new BCryptPasswordEncoder(4);
    private final String hash = bcrypt.encode("right");
    private final List<String> checked = new CopyOnWriteArrayList<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final TestTime time = new TestTime();
    private final PasswordChecks checks = new PasswordChecks(new Recorded(), time);

    @AfterEach
    void close() {
        checks.close();
    }

    @Test
    void tellsRightFromWrong() {
        assertThat(checks.matches("right", hash)).isTrue();
        assertThat(checks.matches("wrong", hash)).isFalse();
        assertThat(checks.matches("right", bcrypt.encode("another"))).isFalse();
        assertThat(checks.matches(null, hash)).isFalse();
        assertThat(checks.matches("new", checks.encode("new"))).isTrue();
    }

    @Test
    void takesWhatWasRightForRightForAMinute() {
        checks.matches("right", hash);
        time.advance(Duration.ofSeconds(59));

        assertThat(checks.matches("right", hash)).isTrue();
        assertThat(checked).hasSize(1);

        time.advance(Duration.ofSeconds(1));
        assertThat(checks.matches("right", hash)).isTrue();
        assertThat(checked).hasSize(2);
    }

    @Test
    void checksEveryWrongPasswordAndEveryOtherHash() {
        checks.matches("right", hash);
        checks.matches("wrong", hash);
        checks.matches("wrong", hash);
        checks.matches("right", bcrypt.encode("right"));

        assertThat(checked).containsExactly("right", "wrong", "wrong", "right");
    }

    @Test
    void takesHalfOfTheProcessorsAtMostHoweverManyAsk() throws Exception {
        var guess = (Callable<Boolean>) () -> checks.matches("wrong", hash);

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(callers.invokeAll(
                            IntStream.range(0, 50).mapToObj(caller -> guess).toList()))
                    .allMatch(answer -> !answer.resultNow());
        }

        assertThat(threads)
                .hasSizeLessThanOrEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() / 2))
                .allMatch(thread -> thread.isDaemon() && !thread.isVirtual());
    }

    /** Bcrypt, and who asked it for what. */
    private final class Recorded implements PasswordEncoder {

        @Override
        public String encode(CharSequence password) {
            return bcrypt.encode(password);
        }

        @Override
        public boolean matches(CharSequence password, String encoded) {
            checked.add(password.toString());
            threads.add(Thread.currentThread());
            return bcrypt.matches(password, encoded);
        }
    }
}
