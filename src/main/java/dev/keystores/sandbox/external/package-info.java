/** How KMS calls an external key store proxy: whom it finds and trusts, how it signs, how long it waits, what it takes. */
@NullMarked
package dev.keystores.sandbox.external;

import org.jspecify.annotations.NullMarked;
