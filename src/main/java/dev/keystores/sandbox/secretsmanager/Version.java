package dev.keystores.sandbox.secretsmanager;

import java.time.Instant;

/** A value that a secret has or had. It never changes. */
record Version(String id, SecretValue value, Instant created) {}
