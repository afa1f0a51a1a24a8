package dev.keystores.sandbox.secretsmanager;

/** A secret as a control room shows it. */
public record SeenSecret(String arn, boolean denied) {}
