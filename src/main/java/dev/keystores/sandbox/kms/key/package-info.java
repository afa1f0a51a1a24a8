/** The operations on keys in custom key stores. */
@NullMarked
package dev.keystores.sandbox.kms.key;

import org.jspecify.annotations.NullMarked;
