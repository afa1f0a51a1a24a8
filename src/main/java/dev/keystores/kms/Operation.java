package dev.keystores.kms;

/** The six operations on custom key stores, in AWS's spelling. Each has a quota of its own. */
public enum Operation {
    DescribeCustomKeyStores,
    ConnectCustomKeyStore,
    DisconnectCustomKeyStore,
    CreateCustomKeyStore,
    UpdateCustomKeyStore,
    DeleteCustomKeyStore;

    /** The IAM action that allows it. */
    public String action() {
        return "kms:" + name();
    }
}
