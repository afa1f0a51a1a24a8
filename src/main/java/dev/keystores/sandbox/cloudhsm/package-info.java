/** CloudHSM clusters as KMS meets them. */
@NullMarked
package dev.keystores.sandbox.cloudhsm;

import org.jspecify.annotations.NullMarked;
