package dev.keystores.sandbox.cloudhsm;

import dev.keystores.sandbox.wire.ServiceError;

/** CloudHSM's refusals. The names are AWS's (CloudHSM API Reference); AWS publishes no texts, so those are ours. */
final class Refusals {

    private static final String INVALID = "CloudHsmInvalidRequestException";

    private Refusals() {}

    static ServiceError invalid(String message) {
        return ServiceError.client(INVALID, message);
    }

    static ServiceError clusterNotFound() {
        return notFound("There is no such cluster in this account and Region.");
    }

    static ServiceError hsmNotFound() {
        return notFound("The cluster has no such HSM.");
    }

    /** CloudHSM knows no ValidationException: what its model doesn't allow is an invalid request like any other. */
    static ServiceError named(ServiceError error) {
        return error.type().equals("ValidationException") ? invalid(error.text()) : error;
    }

    private static ServiceError notFound(String message) {
        return ServiceError.client("CloudHsmResourceNotFoundException", message);
    }
}
