package dev.keystores.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a caller prefers to wait (RFC 7240). */
class WaitingTest {

    @Test
    void takesWhatIsMoreThanHalfAMinuteForHalfAMinute() {
        assertThat(Waiting.preferred("wait=3600")).contains(30L);
        assertThat(Waiting.preferred("wait=99999999999999999999")).contains(30L);
        assertThat(Waiting.preferred("wait=00000000000000000007")).contains(7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=\"b, wait=5\"", "a=\"\\\", wait=5\"", "wait=\"5", ""})
    void takesNoTextForAPreference(String other) {
        assertThat(Waiting.preferred(other)).isEmpty();
    }

    @Test
    void readsHeadersOfAnyLength() {
        assertThat(Waiting.preferred("a".repeat(50_000) + ", wait=1")).contains(1L);
        assertThat(Waiting.preferred("\"" + "\\a".repeat(50_000) + "\"")).isEmpty();
        assertThat(Waiting.preferred("wait=1;" + "a".repeat(50_000))).contains(1L);
    }
}
