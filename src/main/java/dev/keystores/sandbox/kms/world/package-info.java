/** Every account and Region over time: what is in transit, what stores have taken, what was there from the start. */
@NullMarked
package dev.keystores.sandbox.kms.world;

import org.jspecify.annotations.NullMarked;
