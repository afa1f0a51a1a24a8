/** The only door to KMS: it asks within the quota, retries nothing that could do harm, and says what went wrong in one way. */
@NullMarked
package dev.keystores.kms;

import org.jspecify.annotations.NullMarked;
