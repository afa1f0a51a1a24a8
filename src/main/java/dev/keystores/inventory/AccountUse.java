package dev.keystores.inventory;

/**
 * A target that is, or was, an account in a Region.
 *
 * @param held whether a tick is at work on it, or was within the last second, which KMS goes on counting
 * @param refused whether its last look was refused because another target is the same
 */
record AccountUse(String target, boolean held, boolean refused) {

    /** One that is refused calls nobody. */
    boolean mayCall() {
        return held && !refused;
    }
}
