/** What every AWS service shares: the listener, whose call it is, the shape of answers and errors in JSON 1.1 and in XML. */
@NullMarked
package dev.keystores.sandbox.wire;

import org.jspecify.annotations.NullMarked;
