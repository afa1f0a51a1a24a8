/** What must hold of everything that was seen while processes, the database and KMS failed; pure, and tested itself. */
@NullMarked
package dev.keystores.chaos.model;

import org.jspecify.annotations.NullMarked;
