/** The pages for people. */
@NullMarked
package dev.keystores.dashboard;

import org.jspecify.annotations.NullMarked;
