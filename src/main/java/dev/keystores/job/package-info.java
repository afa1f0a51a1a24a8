/** Changes on key stores, each from its acceptance to its end. */
@NullMarked
package dev.keystores.job;

import org.jspecify.annotations.NullMarked;
