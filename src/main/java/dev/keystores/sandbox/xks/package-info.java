/** External key store proxies: what each is like, and the port on which all of them answer (XKS Proxy API, version 1). */
@NullMarked
package dev.keystores.sandbox.xks;

import org.jspecify.annotations.NullMarked;
