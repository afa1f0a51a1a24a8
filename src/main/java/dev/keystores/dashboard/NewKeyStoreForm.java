package dev.keystores.dashboard;

import dev.keystores.keystore.Property;
import dev.keystores.keystore.PropertyRules;
import dev.keystores.keystore.Violation;
import dev.keystores.secret.Secrets;
import dev.keystores.target.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is asked of whoever creates a key store, and what is wrong with the answers. */
@Component
class NewKeyStoreForm {

    static final String TARGET = "target";
    static final String CONNECT = "connect";

    /** More targets than that are not listed one by one: their names are to be typed. */
    static final int MOST = 200;

    private final Targets targets;
    private final Secrets secrets;

    NewKeyStoreForm(Targets targets, Secrets secrets) {
        this.targets = targets;
        this.secrets = secrets;
    }

    List<Field> fields(NewKind kind) {
        return Stream.of(
                        Stream.of(target()),
                        kind.asked().stream().map(NewKeyStoreForm::field),
                        Stream.of(connect(), Field.reason()))
                .flatMap(fields -> fields)
                .toList();
    }

    /** All that is wrong, at once. */
    List<Violation> violations(NewKind kind, Filled filled) {
        var violations = new ArrayList<Violation>();
        var rule = ruleOfTarget(filled.text(TARGET));
        if (rule != null) {
            violations.add(new Violation(TARGET, rule));
        }
        violations.addAll(filled.violations(kind.asked()));
        violations.addAll(PropertyRules.ofNew(kind.type(), kind.properties(filled), secrets::rule));
        return violations;
    }

    private @Nullable String ruleOfTarget(@Nullable String target) {
        if (target == null) {
            return "must be given";
        }
        return targets.named(target).isPresent() ? null : "must be one of the configured targets";
    }

    private Field target() {
        var all = targets.all().size();
        var first = targets.after("", MOST).stream()
                .map(target -> new Field.Choice(target.name(), "%s (%s)".formatted(target.name(), target.region())))
                .toList();
        var field = Field.line(TARGET, "Target", "the account and Region in which it is to be");
        if (all > MOST) {
            return field.withHint("the account and Region in which it is to be: one of %,d names".formatted(all))
                    .withChoices(Field.Shape.LINE, first);
        }
        var choices = all == 1
                ? first
                : Stream.concat(Stream.of(new Field.Choice("", "choose one")), first.stream())
                        .toList();
        return field.withChoices(Field.Shape.CHOICE, choices);
    }

    private static Field field(Property property) {
        var field = Field.of(property);
        return switch (property) {
            case NAME -> field.withHint(field.hint() + "; no other key store of the account and Region has it");
            case CLOUD_HSM_CLUSTER_ID -> field.withHint(field.hint() + "; no other key store uses it");
            case KEY_STORE_PASSWORD -> field.withHint(field.hint() + "; KMS changes it when it connects");
            case XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER ->
                field.withHint(field.hint() + "; to be given where it is not the target's own");
            default -> field;
        };
    }

    private static Field connect() {
        return Field.tick(CONNECT, "Connect it then", "else it stays DISCONNECTED, and its keys can't be used yet");
    }
}
