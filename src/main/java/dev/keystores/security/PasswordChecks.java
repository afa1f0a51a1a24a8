package dev.keystores.security;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Lets checks of passwords, which are slow on purpose, take half of the processors at most, so that guesses starve nobody;
 * and takes a password that was right for right again for a minute, so that a tool's each call needn't pay for it.
 */
final class PasswordChecks implements PasswordEncoder, AutoCloseable {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MOST = 1_000;
    private static final String HMAC = "HmacSHA256";

    private final PasswordEncoder slow;
    private final Clock clock;

    /** Of platform threads: on virtual ones the checks would take every processor from all other requests. */
    private final ExecutorService checks;

    private final SecretKeySpec key;

    /** Until when a pair of hash and password counts as right, by its HMAC: the password itself is never kept. */
    private final Map<String, Instant> right = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    });

    PasswordChecks(PasswordEncoder slow, Clock clock) {
        this.slow = slow;
        this.clock = clock;
        checks = Executors.newFixedThreadPool(
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                Thread.ofPlatform().daemon().name("password-", 1).factory());
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, HMAC);
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        return slow.encode(password);
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        if (password == null || hash == null) {
            return false;
        }
        var pair = hmac(hash, password);
        if (remembered(pair)) {
            return true;
        }
        var matches = CompletableFuture.supplyAsync(() -> slow.matches(password, hash), checks)
                .join();
        if (matches) {
            right.put(pair, clock.instant().plus(REMEMBERED));
        }
        return matches;
    }

    @Override
    public void close() {
        checks.shutdown();
    }

    private boolean remembered(String pair) {
        var until = right.get(pair);
        if (until != null && !clock.instant().isBefore(until)) {
            right.remove(pair, until);
            return false;
        }
        return until != null;
    }

    private String hmac(String hash, CharSequence password) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(hash.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)));
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + HMAC, missing);
        }
    }
}
