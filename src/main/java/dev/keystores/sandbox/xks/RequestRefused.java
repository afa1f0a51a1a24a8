package dev.keystores.sandbox.xks;

import dev.keystores.sandbox.wire.Reply;

/** A proxy can't do what a request asks. */
final class RequestRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorName name;
    private final String text;

    RequestRefused(ErrorName name, String text) {
        super(name + ": " + text, null, false, false);
        this.name = name;
        this.text = text;
    }

    Reply reply() {
        return name.reply(text);
    }
}
