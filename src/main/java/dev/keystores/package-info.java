/** The application: how its parts are started, and the one check of all its settings. */
@NullMarked
package dev.keystores;

import org.jspecify.annotations.NullMarked;
