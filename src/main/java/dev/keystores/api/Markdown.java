package dev.keystores.api;

import org.jspecify.annotations.Nullable;

/** Documentation comments as the OpenAPI document has them. */
final class Markdown {

    private Markdown() {}

    static @Nullable String of(@Nullable String comment) {
        return comment == null
                ? null
                : comment.replaceAll("</?code>", "`").replaceAll("\\s+", " ").strip();
    }
}
