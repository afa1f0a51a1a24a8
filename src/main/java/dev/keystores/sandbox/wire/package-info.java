/** What every AWS JSON 1.1 service shares: the listener, whose call it is, the shape of answers and errors. */
@NullMarked
package dev.keystores.sandbox.wire;

import org.jspecify.annotations.NullMarked;
