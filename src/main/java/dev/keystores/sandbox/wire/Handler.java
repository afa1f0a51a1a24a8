package dev.keystores.sandbox.wire;

/** Answers a request; run on a virtual thread of its own. */
@FunctionalInterface
public interface Handler {

    Reply handle(Request request);
}
