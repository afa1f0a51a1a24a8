package dev.keystores.sandbox.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the errors that every service may give are called where it isn't JSON that is spoken. */
record QueryErrors(Map<String, Name> names) {

    static final QueryErrors STS = new QueryErrors(Map.of(
            "MissingAuthenticationTokenException", new Name("MissingAuthenticationToken", 403),
            "IncompleteSignatureException", new Name("IncompleteSignature", 400),
            "InvalidSignatureException", new Name("SignatureDoesNotMatch", 403),
            "UnrecognizedClientException", new Name("InvalidClientTokenId", 403),
            "ExpiredTokenException", new Name("ExpiredToken", 403),
            "ValidationException", new Name("ValidationError", 400),
            "SerializationException", new Name("MalformedInput", 400)));

    /** EC2 API Reference, Error codes. */
    static final QueryErrors EC2 = new QueryErrors(Map.of(
            "MissingAuthenticationTokenException", new Name("MissingAuthenticationToken", 403),
            "IncompleteSignatureException", new Name("IncompleteSignature", 400),
            "InvalidSignatureException", new Name("AuthFailure", 401),
            "UnrecognizedClientException", new Name("AuthFailure", 401),
            "ExpiredTokenException", new Name("RequestExpired", 400),
            "ValidationException", new Name("InvalidParameterValue", 400),
            "SerializationException", new Name("InvalidParameterValue", 400),
            "InternalFailure", new Name("InternalError", 500)));

    ServiceError named(ServiceError error) {
        @Nullable Name name = names.get(error.type());
        return name == null ? error : new ServiceError(name.code(), name.status(), error.text());
    }

    record Name(String code, int status) {}
}
