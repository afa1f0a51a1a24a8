package dev.keystores.sandbox.xks;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * What comes back from a proxy, and when.
 *
 * @param time passes before each answer
 * @param keyManagers the health of each one behind the proxy
 */
public record Answers(Duration time, Behaviour behaviour, List<KeyManagerHealth> keyManagers) {

    public Answers {
        if (time.isNegative() || time.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("answerMillis: must be between 0 and 3600000");
        }
        if (keyManagers.isEmpty() || keyManagers.size() > 10) {
            throw new IllegalArgumentException("keyManagers: must be 1 to 10 of ACTIVE, DEGRADED and UNAVAILABLE");
        }
        keyManagers = List.copyOf(keyManagers);
    }

    /** At once, from two healthy key managers. */
    public static Answers ready() {
        return new Answers(Duration.ZERO, Behaviour.NORMAL, Collections.nCopies(2, KeyManagerHealth.ACTIVE));
    }

    public Answers withTime(Duration changed) {
        return new Answers(changed, behaviour, keyManagers);
    }

    public Answers with(Behaviour changed) {
        return new Answers(time, changed, keyManagers);
    }

    public Answers withKeyManagers(List<KeyManagerHealth> changed) {
        return new Answers(time, behaviour, changed);
    }

    boolean anyKeyManagerServes() {
        return keyManagers.stream().anyMatch(health -> health != KeyManagerHealth.UNAVAILABLE);
    }
}
