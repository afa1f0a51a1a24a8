package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The README's table of preconditions, row by row over the AWS SDK, and printed as it was found. */
class PreconditionsTest {

    private static final List<List<String>> TABLE =
            ReadmeTable.named("preconditions").rows();
    private static final Map<String, Function<Stage, String>> ATTEMPTS = Preconditions.all();

    @ParameterizedTest(name = "{0} | {1} | {2}")
    @MethodSource("rows")
    void answersWhatTheReadmeSays(String operation, String broken, String answer) {
        try (Stage stage = new Stage()) {
            String found = answerOf(ATTEMPTS.get(operation + " | " + broken), stage);
            System.out.printf("| %s | %s | %s |%n", operation, broken, found);

            assertThat(found).isEqualTo(answer);
        }
    }

    @Test
    void leavesNoRowUntried() {
        assertThat(TABLE.stream().map(row -> row.get(0) + " | " + row.get(1)))
                .containsExactlyElementsOf(ATTEMPTS.keySet());
    }

    static Stream<Arguments> rows() {
        return TABLE.stream().map(row -> Arguments.of(row.get(0), row.get(1), row.get(2)));
    }

    private static String answerOf(Function<Stage, String> attempt, Stage stage) {
        try {
            return attempt.apply(stage);
        } catch (AwsServiceException refused) {
            return refused.awsErrorDetails().errorCode();
        }
    }
}
