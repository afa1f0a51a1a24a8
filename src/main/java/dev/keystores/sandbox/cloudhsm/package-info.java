/** CloudHSM clusters: as KMS meets them, and as their owner sees and changes them. */
@NullMarked
package dev.keystores.sandbox.cloudhsm;

import org.jspecify.annotations.NullMarked;
