package dev.keystores.sandbox.wire;

/** An error as an AWS service answers it: the bare name of its shape, the HTTP status and a message without secrets. */
public final class ServiceError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;

    public ServiceError(String type, int status, String message) {
        super(message, null, false, false);
        this.type = type;
        this.status = status;
    }

    /** Every fault of the client is 400 on KMS's wire, whatever the Smithy model says. */
    public static ServiceError client(String type, String message) {
        return new ServiceError(type, 400, message);
    }

    static ServiceError serialization(String message) {
        return client("SerializationException", message);
    }

    static ServiceError validation(String member, String constraint) {
        return client(
                "ValidationException",
                "1 validation error detected: Value at '%s' failed to satisfy constraint: %s"
                        .formatted(member, constraint));
    }

    public String type() {
        return type;
    }

    public int status() {
        return status;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
