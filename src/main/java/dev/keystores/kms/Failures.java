package dev.keystores.kms;

import dev.keystores.target.Target;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.http.conn.ConnectTimeoutException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Makes one {@link KmsException} of whatever the AWS SDK throws. */
final class Failures {

    private static final Map<String, Reason> REASONS = Map.ofEntries(
            Map.entry("CustomKeyStoreInvalidStateException", Reason.INVALID_STATE),
            Map.entry("CustomKeyStoreNotFoundException", Reason.KEY_STORE_NOT_FOUND),
            Map.entry("CustomKeyStoreNameInUseException", Reason.KEY_STORE_NAME_IN_USE),
            Map.entry("CustomKeyStoreHasCMKsException", Reason.KEY_STORE_HAS_KEYS),
            Map.entry("CloudHsmClusterNotFoundException", Reason.CLUSTER_NOT_FOUND),
            Map.entry("CloudHsmClusterNotActiveException", Reason.CLUSTER_NOT_ACTIVE),
            Map.entry("CloudHsmClusterNotRelatedException", Reason.CLUSTER_NOT_RELATED),
            Map.entry("CloudHsmClusterInUseException", Reason.CLUSTER_IN_USE),
            Map.entry("CloudHsmClusterInvalidConfigurationException", Reason.CLUSTER_INVALID_CONFIGURATION),
            Map.entry("IncorrectTrustAnchorException", Reason.INCORRECT_TRUST_ANCHOR),
            Map.entry("LimitExceededException", Reason.LIMIT_EXCEEDED),
            Map.entry("KMSInternalException", Reason.UNCERTAIN),
            Map.entry("DependencyTimeoutException", Reason.UNCERTAIN),
            Map.entry("AccessDeniedException", Reason.ACCESS_DENIED),
            Map.entry("AccessDenied", Reason.ACCESS_DENIED),
            Map.entry("UnrecognizedClientException", Reason.UNAUTHENTICATED),
            Map.entry("InvalidSignatureException", Reason.UNAUTHENTICATED),
            Map.entry("SignatureDoesNotMatch", Reason.UNAUTHENTICATED),
            Map.entry("IncompleteSignature", Reason.UNAUTHENTICATED),
            Map.entry("RequestExpired", Reason.UNAUTHENTICATED),
            Map.entry("InvalidClientTokenId", Reason.UNAUTHENTICATED),
            Map.entry("MissingAuthenticationTokenException", Reason.UNAUTHENTICATED),
            Map.entry("IncompleteSignatureException", Reason.UNAUTHENTICATED),
            Map.entry("ExpiredTokenException", Reason.UNAUTHENTICATED),
            Map.entry("ExpiredToken", Reason.UNAUTHENTICATED),
            Map.entry("ValidationException", Reason.INVALID_REQUEST),
            Map.entry("SerializationException", Reason.INVALID_REQUEST),
            Map.entry("UnknownOperationException", Reason.INVALID_REQUEST),
            Map.entry("InvalidMarkerException", Reason.INVALID_REQUEST));

    private static final int SERVER_ERROR = 500;
    private static final String ASSUME_ROLE = "sts:AssumeRole";

    private Failures() {}

    static KmsException of(AwsServiceException answer, String action, Target target) {
        var code = codeOf(answer);
        var reason = reasonOf(code, answer);
        var message = reason == Reason.ACCESS_DENIED ? denied(answer, action, target) : said(answer, code);
        return new KmsException(reason, code, message, answer.requestId(), answer);
    }

    /** A call that got no answer: told apart by whether it can have left this machine. */
    static KmsException of(RuntimeException noAnswer, Target target) {
        if (causes(noAnswer).anyMatch(LeaseEnded.class::isInstance)) {
            return heldBack("this process had lost its turn at target " + target.name(), noAnswer);
        }
        if (causes(noAnswer).anyMatch(Failures::neverConnected)) {
            return unanswered(Reason.UNREACHABLE, "no connection to KMS of target " + target.name(), noAnswer);
        }
        if (String.valueOf(noAnswer.getMessage()).contains("Unable to load credentials")) {
            return unanswered(Reason.UNAUTHENTICATED, "no AWS credentials for target " + target.name(), noAnswer);
        }
        return unanswered(Reason.UNCERTAIN, "KMS did not answer", noAnswer);
    }

    /** The role could not be assumed, so nothing was asked of KMS. */
    static KmsException ofRole(AwsServiceException answer, Target target) {
        var known = of(answer, ASSUME_ROLE, target);
        return known.reason().meaning() == Reason.Meaning.MAYBE_DONE
                ? new KmsException(
                        Reason.UNREACHABLE, known.code(), "STS: " + known.getMessage(), known.requestId(), answer)
                : known;
    }

    /** STS gave no answer, so nothing was asked of KMS. */
    static KmsException ofCredentials(RuntimeException noAnswer, Target target) {
        var known = of(noAnswer, target);
        return known.reason().meaning() == Reason.Meaning.MAYBE_DONE
                ? unanswered(Reason.UNREACHABLE, "STS did not answer for target " + target.name(), noAnswer)
                : known;
    }

    /** STS did not say whose the credentials are, so nothing was asked of KMS. */
    static KmsException ofIdentity(KmsException failure, Target target) {
        var reason = failure.reason().meaning() == Reason.Meaning.MAYBE_DONE ? Reason.UNREACHABLE : failure.reason();
        var said = failure.getCause() instanceof AwsServiceException
                ? failure.getMessage()
                : causes(failure)
                        .reduce((outer, inner) -> inner)
                        .orElse(failure)
                        .getMessage();
        var code = reason == failure.reason() ? failure.code() : reason.name();
        var message = "STS did not tell the account of target %s, and its settings don't either: %s"
                .formatted(target.name(), said);
        return new KmsException(reason, code, message, failure.requestId(), failure);
    }

    /** Secrets Manager did not give a secret, so nothing was asked of KMS. */
    static KmsException ofSecret(KmsException failure, String arn) {
        var meaning = failure.reason().meaning();
        var reason = meaning == Reason.Meaning.REFUSED ? Reason.SECRET_UNREADABLE : failure.reason();
        var unheard = meaning == Reason.Meaning.MAYBE_DONE || failure.reason() == Reason.UNREACHABLE;
        return new KmsException(
                unheard ? Reason.UNREACHABLE : reason,
                failure.code(),
                "the secret %s: %s"
                        .formatted(
                                arn,
                                unheard ? "Secrets Manager did not answer: " + rootOf(failure) : failure.getMessage()),
                failure.requestId(),
                failure);
    }

    /** A fault of ours or of the SDK's: what has become of the call nobody knows. */
    static KmsException brokenOff(RuntimeException fault, Target target) {
        return new KmsException(
                Reason.UNCERTAIN,
                Reason.UNCERTAIN.name(),
                "the call to KMS of target %s broke off: %s".formatted(target.name(), fault),
                null,
                fault);
    }

    static KmsException heldBack(String why, Throwable cause) {
        return new KmsException(Reason.HELD_BACK, Reason.HELD_BACK.name(), why, null, cause);
    }

    private static String rootOf(Throwable failure) {
        return String.valueOf(
                causes(failure).reduce((outer, inner) -> inner).orElse(failure).getMessage());
    }

    private static KmsException unanswered(Reason reason, String what, RuntimeException cause) {
        var root = causes(cause).reduce((outer, inner) -> inner).orElse(cause);
        return new KmsException(reason, reason.name(), what + ": " + root.getMessage(), null, cause);
    }

    private static Reason reasonOf(String code, AwsServiceException answer) {
        var known = REASONS.get(code);
        if (known != null) {
            return known;
        }
        if (answer.isThrottlingException()) {
            return Reason.THROTTLED;
        }
        if (code.startsWith("XksProxy")) {
            return Reason.XKS_PROXY;
        }
        return answer.statusCode() >= SERVER_ERROR ? Reason.UNCERTAIN : Reason.OTHER;
    }

    private static String codeOf(AwsServiceException answer) {
        var details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "HTTP " + answer.statusCode() : details.errorCode();
    }

    private static String said(AwsServiceException answer, String code) {
        var details = answer.awsErrorDetails();
        var message = details == null ? null : details.errorMessage();
        return message == null || message.isBlank() ? code : message;
    }

    private static String denied(AwsServiceException answer, String action, Target target) {
        if (action.equals(ASSUME_ROLE)) {
            return "the credentials in use may not do %s on %s: allow it in their IAM policy and in the trust policy of the role, with the external id that one asks for. AWS says: %s"
                    .formatted(action, target.roleArn(), said(answer, codeOf(answer)));
        }
        var who = target.roleArn() == null ? "the credentials in use" : target.roleArn();
        return "%s may not do %s: allow it in an IAM policy. AWS says: %s"
                .formatted(who, action, said(answer, codeOf(answer)));
    }

    private static boolean neverConnected(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof ConnectTimeoutException;
    }

    private static Stream<Throwable> causes(Throwable outermost) {
        return Stream.iterate(outermost, cause -> cause != null, Throwable::getCause);
    }
}
