/** Custom key stores by account and Region: their states, the six operations with their rules, and KMS's own faults. */
@NullMarked
package dev.keystores.sandbox.kms;

import org.jspecify.annotations.NullMarked;
