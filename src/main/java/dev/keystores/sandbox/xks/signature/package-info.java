/** AWS Signature Version 4 as a server checks it. */
@NullMarked
package dev.keystores.sandbox.xks.signature;

import org.jspecify.annotations.NullMarked;
