/** What was last seen of every key store, and how it got there. */
@NullMarked
package dev.keystores.inventory;

import org.jspecify.annotations.NullMarked;
