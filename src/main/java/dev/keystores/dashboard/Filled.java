package dev.keystores.dashboard;

import dev.keystores.job.Request;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.Property;
import dev.keystores.keystore.Secret;
import dev.keystores.keystore.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What somebody has put into a form; a field that is left empty gives nothing. No record: that would write out its secrets. */
final class Filled {

    static final String REASON = "reason";

    static final Filled NOTHING = new Filled(Map.of());

    private final Map<String, String> inputs;

    Filled(Map<String, String> inputs) {
        this.inputs = Map.copyOf(inputs);
    }

    /** Read here: what a handler takes as a map, the framework may write into its log. */
    static Filled of(HttpServletRequest http) {
        var inputs = new HashMap<String, String>();
        http.getParameterMap().forEach((name, values) -> inputs.put(name, values[0]));
        return new Filled(inputs);
    }

    /** Without the spaces around it; null where nothing is left. Never asked for a secret. */
    @Nullable
    String text(String name) {
        return Optional.ofNullable(inputs.get(name))
                // A browser ends each line with both.
                .map(text -> text.replace("\r\n", "\n").strip())
                .filter(text -> !text.isEmpty())
                .orElse(null);
    }

    boolean ticked(String name) {
        return inputs.containsKey(name);
    }

    /** In which way a secret is given. */
    Way way(Property property) {
        return Way.of(inputs.get(property.field() + Way.SUFFIX));
    }

    /** Whether a secret itself was typed: it has to be again, since no page shows it. */
    boolean typed(Property property) {
        return way(property) == Way.TEXT
                && !inputs.getOrDefault(property.field(), "").isEmpty();
    }

    /** Those of some properties that are given. */
    KeyStoreProperties properties(Collection<Property> asked) {
        var given = KeyStoreProperties.NONE;
        for (var property : asked) {
            given = property.secret()
                    ? given.with(property, secret(property))
                    : given.with(property, text(property.field()));
        }
        return given;
    }

    /** Of a reason that can't be kept, and of a secret that is said to lie somewhere, but not where. */
    List<Violation> violations(Collection<Property> asked) {
        var reason = Optional.ofNullable(text(REASON))
                .flatMap(Request::ruleOfReason)
                .map(rule -> new Violation(REASON, rule));
        var secrets = asked.stream()
                .filter(Property::secret)
                .filter(property -> way(property) != Way.TEXT && secret(property) == null)
                .map(property -> new Violation(property.field(), way(property).rule()));
        return Stream.concat(secrets, reason.stream()).toList();
    }

    Request request(HttpServletRequest http) {
        var reason = Optional.ofNullable(text(REASON)).orElse(KeyStorePage.REASON);
        return Request.by(http.getRemoteUser(), http.getRemoteAddr(), reason, null);
    }

    private @Nullable Secret secret(Property property) {
        var way = way(property);
        var name = way.input(property.field());
        return switch (way) {
            // As it is: a space may be part of it.
            case TEXT -> typed(property) ? new Secret.Given(inputs.getOrDefault(name, "")) : null;
            case SECRETS_MANAGER ->
                Optional.ofNullable(text(name)).map(Secret.Stored::new).orElse(null);
            case FILE -> Optional.ofNullable(text(name)).map(Secret.InFile::new).orElse(null);
        };
    }

    /** How a secret may be given, named as in our REST API. */
    enum Way {
        TEXT("value", "", "typed here", "The text itself", "must be given"),
        SECRETS_MANAGER(
                "secretsManager",
                ".secretsManager",
                "a secret in AWS Secrets Manager",
                "ARN of the secret",
                "must have the ARN of a secret"),
        FILE(
                "file",
                ".file",
                "a file on the server",
                "Name of the file, below keystores.secrets.directory",
                "must have the name of a file");

        private static final String SUFFIX = ".way";

        private final String value;
        private final String suffix;
        private final String label;
        private final String inputLabel;
        private final String rule;

        Way(String value, String suffix, String label, String inputLabel, String rule) {
            this.value = value;
            this.suffix = suffix;
            this.label = label;
            this.inputLabel = inputLabel;
            this.rule = rule;
        }

        static Way of(@Nullable String value) {
            return List.of(values()).stream()
                    .filter(way -> way.value.equals(value))
                    .findAny()
                    .orElse(TEXT);
        }

        /** What its radio button is called by. */
        public String value() {
            return value;
        }

        public String label() {
            return label;
        }

        public String inputLabel() {
            return inputLabel;
        }

        /** The input that is filled in then. */
        String input(String field) {
            return field + suffix;
        }

        private String rule() {
            return rule;
        }
    }
}
