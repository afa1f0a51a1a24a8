package dev.keystores.sandbox.kms.history;

import java.util.List;

/**
 * A part of the history.
 *
 * @param last the number to go on after; as asked for where nothing came later
 */
public record Part(List<SeenCall> calls, List<SeenState> states, long last) {

    static Part of(List<Happening> happenings, long after) {
        return new Part(
                only(SeenCall.class, happenings),
                only(SeenState.class, happenings),
                happenings.isEmpty() ? after : happenings.getLast().number());
    }

    private static <H extends Happening> List<H> only(Class<H> kind, List<Happening> happenings) {
        return happenings.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
