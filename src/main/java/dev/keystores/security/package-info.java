/** Who may do what, and the record of who did. */
@NullMarked
package dev.keystores.security;

import org.jspecify.annotations.NullMarked;
