package dev.keystores.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecuritySettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"04", "10", "12", "15"})
    void takesAHashThatCanBeCheckedInReasonableTime(String cost) {
        assertThat(problems(cost)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "03", "16", "20", "31", "99", "4"})
    void refusesAHashOfAnotherCost(String cost) {
        assertThat(problems(cost))
                .containsExactly("must be a bcrypt hash, as htpasswd -nbBC 12 makes it, of cost 04 to 15");
    }

    private static List<String> problems(String cost) {
        var user =
                new SecuritySettings.User("ada", "$2y$" + cost + "$" + "a".repeat(53), SecuritySettings.Role.OPERATOR);
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            return factory.getValidator().validate(user).stream()
                    .map(ConstraintViolation::getMessage)
                    .toList();
        }
    }
}
