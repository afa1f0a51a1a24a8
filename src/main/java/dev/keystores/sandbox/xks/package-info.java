/** External key store proxies as KMS meets them. */
@NullMarked
package dev.keystores.sandbox.xks;

import org.jspecify.annotations.NullMarked;
