package dev.keystores.sandbox.external;

/** How a call to a proxy ended. */
public sealed interface Outcome<T> {

    record Answer<T>(T value) implements Outcome<T> {}

    /** @param detail what exactly it was, for the operator of the proxy; KMS's own callers never see it */
    record Failure<T>(Trouble trouble, String detail) implements Outcome<T> {}
}
