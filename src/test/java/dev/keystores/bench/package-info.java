/** What is said to be fast, measured: {@code ./mvnw -Pbench verify}. Figures are printed and written, never asserted. */
@NullMarked
package dev.keystores.bench;

import org.jspecify.annotations.NullMarked;
