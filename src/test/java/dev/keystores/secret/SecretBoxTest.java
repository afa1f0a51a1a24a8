package dev.keystores.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretBoxTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String OTHER_KEY = SecretBox.freshKey();

    private final SecretBox box = SecretBox.of(KEY).orElseThrow();

    @Test
    void opensWhatItHasSealed() {
        assertThat(box.open("job-1", box.seal("job-1", "kmsPassword1 ä€𝄞"))).contains("kmsPassword1 ä€𝄞");
    }

    @Test
    void sealsTheSameTextEachTimeOtherwise() {
        assertThat(Stream.generate(() -> box.seal("job-1", "kmsPassword1"))
                        .limit(1000)
                        .distinct())
                .hasSize(1000);
    }

    @Test
    void opensNothingForAnotherJob() {
        assertThat(box.open("job-2", box.seal("job-1", "kmsPassword1"))).isEmpty();
    }

    @Test
    void opensNothingUnderAnotherKey() {
        var other = SecretBox.of(OTHER_KEY).orElseThrow();

        assertThat(other.open("job-1", box.seal("job-1", "kmsPassword1"))).isEmpty();
    }

    @Test
    void opensNothingOfWhichABitHasChanged() {
        var sealed = Base64.getDecoder().decode(box.seal("job-1", "kmsPassword1"));

        IntStream.range(0, sealed.length * 8).forEach(bit -> {
            var changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(box.open("job-1", Base64.getEncoder().encodeToString(changed)))
                    .isEmpty();
        });
    }

    static Stream<String> strange() {
        return Stream.of("", "AAAA", "no Base64!", "A".repeat(16), "A".repeat(1000));
    }

    @ParameterizedTest
    @MethodSource("strange")
    void opensNothingThatItHasNotSealed(String strange) {
        assertThat(box.open("job-1", strange)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("strange")
    void takesNoKeyOfAnotherLength(String strange) {
        assertThat(SecretBox.of(strange)).isEmpty();
    }

    @Test
    void takesAKeyAsAFileHasIt() {
        assertThat(SecretBox.of(" " + KEY + "\r\n").orElseThrow().open("job-1", box.seal("job-1", "x")))
                .contains("x");
    }

    @Test
    void marksTheSameTextTheSameAndOnlyUnderTheSameKey() {
        var other = SecretBox.of(OTHER_KEY).orElseThrow();

        assertThat(box.fingerprint("a request")).hasSize(64).isEqualTo(box.fingerprint("a request"));
        assertThat(box.fingerprint("a request")).isNotEqualTo(box.fingerprint("another request"));
        assertThat(box.fingerprint("a request")).isNotEqualTo(other.fingerprint("a request"));
    }
}
