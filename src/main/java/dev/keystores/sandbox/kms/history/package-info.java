/** What happened in KMS lately, one thing after the other. */
@NullMarked
package dev.keystores.sandbox.kms.history;

import org.jspecify.annotations.NullMarked;
