/** The six operations on custom key stores, with their rules. */
@NullMarked
package dev.keystores.sandbox.kms.store;

import org.jspecify.annotations.NullMarked;
