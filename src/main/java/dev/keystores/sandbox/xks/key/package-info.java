/** The key managers behind the proxies: keys outside AWS, and what is done with them. */
@NullMarked
package dev.keystores.sandbox.xks.key;

import org.jspecify.annotations.NullMarked;
