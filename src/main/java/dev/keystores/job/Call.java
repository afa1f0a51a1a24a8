package dev.keystores.job;

/** One call to KMS that a job may make. */
public enum Call {
    CONNECT("ConnectCustomKeyStore"),
    DISCONNECT("DisconnectCustomKeyStore");

    private final String awsName;

    Call(String awsName) {
        this.awsName = awsName;
    }

    /** The operation in AWS's spelling. */
    public String awsName() {
        return awsName;
    }
}
