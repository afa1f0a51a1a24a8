package dev.keystores.sandbox.wire;

import tools.jackson.databind.node.ObjectNode;

/** One AWS service behind the shared port. */
public interface Service {

    /** What stands before the dot in {@code X-Amz-Target}. */
    String targetPrefix();

    /** The service's name in the credential scope. */
    String signingName();

    /** Under which name an error's text goes. */
    default String messageMember() {
        return "message";
    }

    boolean offers(String operation);

    /** Takes effect and answers; a refusal is a {@link ServiceError}. */
    Answer answer(Call call);

    /** @param requestId what the caller gets as {@code x-amzn-RequestId} */
    record Call(Caller caller, String operation, Members input, String requestId) {

        public Scope scope() {
            return caller.scope();
        }
    }

    sealed interface Answer {
        record Body(ObjectNode json) implements Answer {}

        /** The connection is closed without a word. */
        record Silence() implements Answer {}
    }
}
