package dev.keystores.dashboard;

import dev.keystores.keystore.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A form as a page shows it.
 *
 * @param problems what is wrong with it as a whole
 */
record Form(List<FieldCard> fields, List<String> problems) {

    /** The field of a violation of the form as a whole. */
    static final String WHOLE = "";

    static Form empty(List<Field> fields) {
        return of(fields, Filled.NOTHING, List.of());
    }

    static Form of(List<Field> fields, Filled filled, List<Violation> violations) {
        var rules = new LinkedHashMap<String, String>();
        violations.forEach(violation -> rules.putIfAbsent(violation.field(), violation.rule()));
        var cards = fields.stream()
                .map(field -> new FieldCard(field, filled, rules.remove(field.name())))
                .toList();
        return new Form(cards, rules.entrySet().stream().map(Form::told).toList());
    }

    public List<FieldCard> wrong() {
        return fields.stream().filter(field -> field.rule() != null).toList();
    }

    public boolean refused() {
        return !problems.isEmpty() || !wrong().isEmpty();
    }

    private static String told(Map.Entry<String, String> rule) {
        return rule.getKey().equals(WHOLE) ? rule.getValue() : rule.getKey() + ": " + rule.getValue();
    }
}
