/** What there is in one account and Region: key stores, keys, and what KMS refuses. */
@NullMarked
package dev.keystores.sandbox.kms.model;

import org.jspecify.annotations.NullMarked;
