package dev.keystores.sandbox.kms.call;

import dev.keystores.sandbox.wire.Members;
import dev.keystores.sandbox.wire.Scope;
import java.time.Instant;

/** A call that KMS has let in. */
public record Asked(Scope scope, String operation, String requestId, Members input, Instant at) {}
