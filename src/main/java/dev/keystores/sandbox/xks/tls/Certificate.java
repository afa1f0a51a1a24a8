package dev.keystores.sandbox.xks.tls;

/** What a client finds when it looks at a host's certificate. */
public enum Certificate {
    VALID,
    EXPIRED,
    /** Made out to another host. */
    MISNAMED,
    /** By an authority that bears the names of the trusted one, and has other keys. */
    UNTRUSTED,
    /** Sent without the intermediate certificate that leads to the root. */
    INCOMPLETE
}
