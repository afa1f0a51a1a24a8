package dev.keystores;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.AssertTrue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Binds settings to records, and finds everything that is wrong with them: values, rules and names. */
final class RecordReader {

    private static final Validator VALIDATOR = validator();

    private final Binder binder;
    private final Function<ConfigurationPropertyName, @Nullable String> given;
    private final List<String> problems = new ArrayList<>();
    private final Set<ConfigurationPropertyName> known = new HashSet<>();
    private final Set<ConfigurationPropertyName> unreadable = new HashSet<>();

    /** @param given a value as it was written */
    RecordReader(Binder binder, Function<ConfigurationPropertyName, @Nullable String> given) {
        this.binder = binder;
        this.given = given;
    }

    /** As far as it can be read; {@link #problems} says how far that is. */
    <T> T one(ConfigurationPropertyName name, Class<T> type) {
        var read = binder.bindOrCreate(name, Bindable.of(type), new Collecting());
        check(name, read);
        return read;
    }

    void unknown(Stream<ConfigurationPropertyName> names) {
        names.filter(name -> !known.contains(name))
                .map(name -> name + ": there is no such setting")
                .distinct()
                .sorted()
                .forEach(problems::add);
    }

    /** Every wrong value and every unknown name. */
    List<String> problems() {
        return problems;
    }

    private <T> void check(ConfigurationPropertyName name, T read) {
        VALIDATOR.validate(read).stream()
                .flatMap(violation -> told(name, violation))
                .sorted()
                .forEach(problems::add);
    }

    private static Validator validator() {
        try (var factory = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()) {
            return factory.getValidator();
        }
    }

    private Stream<String> told(ConfigurationPropertyName root, ConstraintViolation<?> violation) {
        var path = root + "." + kebab(violation.getPropertyPath().toString()).replace(".<list element>", "");
        // A rule between values is declared on a method: it is about the record, not about a value of that name.
        var about = violation.getConstraintDescriptor().getAnnotation() instanceof AssertTrue
                ? path.substring(0, path.lastIndexOf('.'))
                : path;
        return unreadable.contains(ConfigurationPropertyName.of(about))
                ? Stream.empty()
                : Stream.of(about + ": " + violation.getMessage());
    }

    private static String kebab(String path) {
        return path.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** Notes what it can't read and goes on, so that all of it comes up at once. */
    private final class Collecting implements BindHandler {

        @Override
        public <T> Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
            known.add(name);
            return target;
        }

        @Override
        public @Nullable Object onFailure(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
            unreadable.add(name);
            var type = target.getType().toClass();
            var expected = type.isEnum()
                    ? "one of " + String.join(", ", names(type)).toLowerCase(Locale.ROOT)
                    : "a " + type.getSimpleName();
            problems.add("%s: %s is not %s".formatted(name, shown(name), expected));
            return null;
        }

        private String shown(ConfigurationPropertyName name) {
            var value = given.apply(name);
            return value == null || secret(name.toString()) ? "the value" : "\"" + value + "\"";
        }

        private static boolean secret(String name) {
            return name.contains("password") || name.contains("external-id");
        }

        private static List<String> names(Class<?> type) {
            return Stream.of(type.getEnumConstants()).map(String::valueOf).toList();
        }
    }
}
