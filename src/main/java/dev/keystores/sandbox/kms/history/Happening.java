package dev.keystores.sandbox.kms.history;

/** Numbered in the order in which it became known here. */
public sealed interface Happening permits SeenCall, SeenState {

    long number();
}
