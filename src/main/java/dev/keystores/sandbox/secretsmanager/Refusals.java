package dev.keystores.sandbox.secretsmanager;

import dev.keystores.sandbox.wire.Service;
import dev.keystores.sandbox.wire.ServiceError;

/** Secrets Manager's refusals: the names of its API Reference, and the texts that its users have quoted in public. */
final class Refusals {

    private static final String INVALID_PARAMETER = "InvalidParameterException";
    private static final String INVALID_REQUEST = "InvalidRequestException";
    private static final String EXISTS = "ResourceExistsException";
    private static final String NOT_FOUND = "ResourceNotFoundException";

    private Refusals() {}

    static ServiceError invalidName() {
        return ServiceError.client(
                "ValidationException",
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!");
    }

    static ServiceError twoValues() {
        return ServiceError.client(
                INVALID_PARAMETER,
                "You can't specify both a binary secret value and a string secret value in the same secret.");
    }

    static ServiceError noValue() {
        return ServiceError.client(INVALID_REQUEST, "You must provide either SecretString or SecretBinary.");
    }

    static ServiceError labels() {
        return ServiceError.client(
                "ValidationException",
                "1 validation error detected: Value at 'versionStages' failed to satisfy constraint: "
                        + "Member must have 1 to 20 members of 1 to 256 characters");
    }

    static ServiceError exists(String name) {
        return ServiceError.client(EXISTS, "The operation failed because the secret " + name + " already exists.");
    }

    static ServiceError tokenInUse(String token, String arn) {
        return ServiceError.client(
                EXISTS,
                "You can't use ClientRequestToken %s because that value is already in use for a version of secret %s."
                        .formatted(token, arn));
    }

    static ServiceError notFound() {
        return ServiceError.client(NOT_FOUND, "Secrets Manager can't find the specified secret.");
    }

    /** @param which {@code VersionId: ...} or {@code staging label: ...} */
    static ServiceError versionNotFound(String which) {
        return ServiceError.client(NOT_FOUND, "Secrets Manager can't find the specified secret value for " + which);
    }

    static ServiceError labelOfAnotherVersion() {
        return ServiceError.client(
                INVALID_REQUEST, "You provided a VersionStage that is not associated to the provided VersionId.");
    }

    static ServiceError markedForDeletion() {
        return ServiceError.client(
                INVALID_REQUEST, "You can't perform this operation on the secret because it was marked for deletion.");
    }

    static ServiceError nameMarkedForDeletion() {
        return ServiceError.client(
                INVALID_REQUEST,
                "You can't create this secret because a secret with this name is already scheduled for deletion.");
    }

    static ServiceError windowAndNoWindow() {
        return ServiceError.client(
                INVALID_PARAMETER,
                "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }

    static ServiceError windowOutOfBounds() {
        return ServiceError.client(
                INVALID_PARAMETER, "RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }

    /** The secret is of another account, and lets nobody else in. */
    static ServiceError ofAnotherAccount(Service.Call call, String secretId) {
        return denied(call, secretId, "resource-based");
    }

    /** The caller's own account doesn't let it. */
    static ServiceError denied(Service.Call call, String secretId) {
        return denied(call, secretId, "identity-based");
    }

    private static ServiceError denied(Service.Call call, String secretId, String policy) {
        String action = "secretsmanager:" + call.operation();
        return ServiceError.client(
                "AccessDeniedException",
                "User: %s is not authorized to perform: %s on resource: %s because no %s policy allows the %s action"
                        .formatted(call.caller().arn(), action, secretId, policy, action));
    }
}
