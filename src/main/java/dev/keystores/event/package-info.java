/** What changed, told to whoever listens. */
@NullMarked
package dev.keystores.event;

import org.jspecify.annotations.NullMarked;
