package dev.keystores.sandbox.external;

/** A key in the key manager behind a proxy; {@code id} is {@code XksKeyId} of the KMS API. */
public record ExternalKey(Access access, String id) {

    public ExternalKey {
        if (!id.matches("[a-zA-Z0-9._-]{1,128}")) {
            throw new IllegalArgumentException("id: must be 1 to 128 letters, digits, dots, hyphens and underscores");
        }
    }

    String path(String operation) {
        return "/keys/" + id + "/" + operation;
    }
}
