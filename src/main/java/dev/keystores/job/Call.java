package dev.keystores.job;

/** One call to KMS that a job may make. */
public enum Call {
    CONNECT("ConnectCustomKeyStore", "CONNECTING"),
    DISCONNECT("DisconnectCustomKeyStore", "DISCONNECTING"),
    CREATE("CreateCustomKeyStore", "CREATING"),
    UPDATE("UpdateCustomKeyStore", "UPDATING"),
    DELETE("DeleteCustomKeyStore", "DELETING");

    private final String awsName;
    private final String phase;

    Call(String awsName, String phase) {
        this.awsName = awsName;
        this.phase = phase;
    }

    /** The operation in AWS's spelling. */
    public String awsName() {
        return awsName;
    }

    /** What a job does meanwhile. */
    String phase() {
        return phase;
    }
}
