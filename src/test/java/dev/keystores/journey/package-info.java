/** Journeys through the whole application: the packaged jar, real processes, a real browser. */
@NullMarked
package dev.keystores.journey;

import org.jspecify.annotations.NullMarked;
