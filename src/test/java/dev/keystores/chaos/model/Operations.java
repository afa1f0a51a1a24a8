package dev.keystores.chaos.model;

import java.util.Set;

/** The operations of KMS that jobs use, as they are called on the wire. */
public final class Operations {

    public static final String CONNECT = "ConnectCustomKeyStore";
    public static final String DISCONNECT = "DisconnectCustomKeyStore";
    public static final String DESCRIBE = "DescribeCustomKeyStores";

    static final Set<String> WRITES = Set.of(CONNECT, DISCONNECT);

    private Operations() {}
}
