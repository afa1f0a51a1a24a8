package dev.keystores.sandbox.sts;

import org.jspecify.annotations.Nullable;

/**
 * What a role's trust policy asks of whoever wants to assume it.
 *
 * @param externalId null where any will do, or none
 * @param denied nobody may
 */
public record Demands(@Nullable String externalId, boolean denied) {

    static final Demands NONE = new Demands(null, false);

    /** @param wanted empty for none */
    public Demands withExternalId(String wanted) {
        if (!wanted.isEmpty() && !wanted.matches("[\\w+=,.@:/-]{2,1224}")) {
            throw new IllegalArgumentException("externalId: must be 2 to 1224 of letters, digits and +=,.@:/-");
        }
        return new Demands(wanted.isEmpty() ? null : wanted, denied);
    }

    public Demands withDenied(boolean changed) {
        return new Demands(externalId, changed);
    }

    boolean areMetBy(@Nullable String givenExternalId) {
        return !denied && (externalId == null || externalId.equals(givenExternalId));
    }
}
