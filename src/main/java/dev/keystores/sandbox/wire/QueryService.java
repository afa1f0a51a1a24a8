package dev.keystores.sandbox.wire;

import java.util.function.Consumer;

/** One AWS service that is called with parameters and answers in XML. */
public interface QueryService {

    /** The service's name in the credential scope. */
    String signingName();

    /** The date that stands for the API's version. */
    String version();

    /** Of the answers' elements. */
    String namespace();

    QueryShape shape();

    boolean offers(String action);

    /** Takes effect, and returns what writes the members of the answer; a refusal is a {@link ServiceError}. */
    Consumer<Xml> answer(Call call);

    record Call(Caller caller, String action, Parameters parameters) {}
}
