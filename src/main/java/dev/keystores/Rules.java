package dev.keystores;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.AssertTrue;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** What the annotations of a settings record say of the values in it. */
final class Rules {

    private static final Validator VALIDATOR = validator();

    private Rules() {}

    /** @param about the name of the value */
    record Broken(String about, String rule) {

        String said() {
            return about + ": " + rule;
        }
    }

    /** @param root the name under which the record is set */
    static List<Broken> broken(String root, Object settings) {
        return VALIDATOR.validate(settings).stream()
                .map(violation -> new Broken(about(root, violation), violation.getMessage()))
                .sorted(Comparator.comparing(Broken::said))
                .toList();
    }

    private static String about(String root, ConstraintViolation<?> violation) {
        var path = root + "." + kebab(violation.getPropertyPath().toString()).replace(".<list element>", "");
        // A rule between values is declared on a method: it is about the record, not about a value of that name.
        return violation.getConstraintDescriptor().getAnnotation() instanceof AssertTrue
                ? path.substring(0, path.lastIndexOf('.'))
                : path;
    }

    private static String kebab(String path) {
        return path.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static Validator validator() {
        try (var factory = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()) {
            return factory.getValidator();
        }
    }
}
