/** Secrets Manager: the secrets of each account and Region, and who may read them. */
@NullMarked
package dev.keystores.sandbox.secretsmanager;

import org.jspecify.annotations.NullMarked;
