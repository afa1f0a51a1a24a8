/** What outlives the process: JSON in one file, safe against a kill as soon as a write returns. */
@NullMarked
package dev.keystores.sandbox.data;

import org.jspecify.annotations.NullMarked;
