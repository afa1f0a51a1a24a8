package dev.keystores.sandbox.cloudhsm;

import dev.keystores.sandbox.data.Secret;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The crypto user that KMS logs in as.
 *
 * @param everywhere false when it is on some HSMs only, as {@code user list} shows by its coverage
 * @param wrongLogIns in a row
 * @param sessions who is logged in as it: the id of a key store for KMS, any other name for people and programs
 */
public record Kmsuser(Secret password, boolean everywhere, int wrongLogIns, SortedSet<String> sessions) {

    /** CloudHSM User Guide: so many wrong log-ins lock a user, until an administrator sets another password. */
    private static final int LOCKED_AFTER = 5;

    private static final String STORE = "cks-";

    public Kmsuser {
        sessions = Collections.unmodifiableSortedSet(new TreeSet<>(sessions));
    }

    public static Kmsuser with(String password) {
        return new Kmsuser(new Secret(password), true, 0, new TreeSet<>());
    }

    public boolean locked() {
        return wrongLogIns >= LOCKED_AFTER;
    }

    public Kmsuser withLockedOut(boolean changed) {
        return new Kmsuser(password, everywhere, changed ? LOCKED_AFTER : 0, sessions);
    }

    public Kmsuser withEverywhere(boolean changed) {
        return new Kmsuser(password, changed, wrongLogIns, sessions);
    }

    /** By an administrator; also what unlocks. Not while somebody is logged in (CloudHSM CLI, user change-password). */
    public Kmsuser withPassword(String changed) {
        if (!sessions.isEmpty()) {
            throw new IllegalArgumentException("kmsuserPassword: must not be changed while kmsuser is logged in");
        }
        if (!changed.matches("[a-zA-Z0-9]{7,32}")) {
            throw new IllegalArgumentException("kmsuserPassword: must be 7 to 32 letters and digits");
        }
        return new Kmsuser(new Secret(changed), everywhere, 0, sessions);
    }

    Kmsuser loggedIn(String who) {
        SortedSet<String> more = new TreeSet<>(sessions);
        more.add(who);
        return new Kmsuser(password, everywhere, wrongLogIns, more);
    }

    Kmsuser loggedOut(String who) {
        SortedSet<String> fewer = new TreeSet<>(sessions);
        fewer.remove(who);
        return new Kmsuser(password, everywhere, wrongLogIns, fewer);
    }

    /** By anybody but KMS. */
    public boolean usedByPeople() {
        return sessions.stream().anyMatch(who -> !who.startsWith(STORE));
    }

    public Kmsuser usedByPeople(boolean changed) {
        Kmsuser user = this;
        for (String who : sessions) {
            user = who.startsWith(STORE) ? user : user.loggedOut(who);
        }
        return changed ? user.loggedIn("an administrator") : user;
    }

    /** In HSMs that were made from a backup of his. */
    Kmsuser restored() {
        return new Kmsuser(password, true, wrongLogIns, new TreeSet<>());
    }

    boolean loggedInBesides(String who) {
        return sessions.stream().anyMatch(other -> !other.equals(who));
    }

    Kmsuser rotated(Secret next) {
        return new Kmsuser(next, everywhere, 0, sessions);
    }

    /** The right password ends the count of the wrong ones. */
    Kmsuser accepted() {
        return new Kmsuser(password, everywhere, 0, sessions);
    }

    Kmsuser refused() {
        return new Kmsuser(password, everywhere, wrongLogIns + 1, sessions);
    }

    /** What keeps somebody with this password from logging in; null for nothing. */
    LogIn.@Nullable Refusal refusalOf(Secret given) {
        if (!everywhere) {
            return LogIn.Refusal.USER_NOT_FOUND;
        }
        if (locked()) {
            return LogIn.Refusal.USER_LOCKED_OUT;
        }
        return password.equals(given) ? null : LogIn.Refusal.WRONG_PASSWORD;
    }
}
