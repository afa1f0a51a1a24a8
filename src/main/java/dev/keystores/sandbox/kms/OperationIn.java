package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.wire.Scope;

/** One operation in one account and Region: what KMS counts by. */
record OperationIn(String operation, Scope scope) {}
