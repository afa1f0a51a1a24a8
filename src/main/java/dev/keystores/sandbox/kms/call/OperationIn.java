package dev.keystores.sandbox.kms.call;

import dev.keystores.sandbox.wire.Scope;

/** One operation in one account and Region: what KMS counts by. */
public record OperationIn(String operation, Scope scope) {}
