/** Processes, the database and KMS fail by a seeded schedule while clients submit; what was seen goes to the model. */
@NullMarked
package dev.keystores.chaos;

import org.jspecify.annotations.NullMarked;
