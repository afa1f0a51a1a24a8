/** The proxies' side of TLS: a certificate authority of the sandbox's own, and a certificate for each host. */
@NullMarked
package dev.keystores.sandbox.xks.tls;

import org.jspecify.annotations.NullMarked;
