/** Which accounts and Regions we look after. */
@NullMarked
package dev.keystores.target;

import org.jspecify.annotations.NullMarked;
