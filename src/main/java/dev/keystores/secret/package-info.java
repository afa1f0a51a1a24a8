/** Secrets of a change: sealed as long as its job runs, or referred to and fetched when KMS is asked. */
@NullMarked
package dev.keystores.secret;

import org.jspecify.annotations.NullMarked;
