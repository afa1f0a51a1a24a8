package dev.keystores.sandbox.sts;

import dev.keystores.sandbox.wire.QueryService;
import dev.keystores.sandbox.wire.QueryShape;
import dev.keystores.sandbox.wire.Xml;
import java.util.Set;
import java.util.function.Consumer;

/** The two operations that a service with roles in other accounts needs. */
record StsService(AssumeRole assumeRole) implements QueryService {

    private static final String WHO_AM_I = "GetCallerIdentity";
    private static final Set<String> ACTIONS = Set.of(WHO_AM_I, "AssumeRole");

    @Override
    public String signingName() {
        return "sts";
    }

    @Override
    public String version() {
        return "2011-06-15";
    }

    @Override
    public String namespace() {
        return "https://sts.amazonaws.com/doc/2011-06-15/";
    }

    @Override
    public QueryShape shape() {
        return QueryShape.STS;
    }

    @Override
    public boolean offers(String action) {
        return ACTIONS.contains(action);
    }

    @Override
    public Consumer<Xml> answer(Call call) {
        return call.action().equals(WHO_AM_I)
                ? written(Identity.of(call.caller()))
                : assumeRole.answer(call.caller(), call.parameters());
    }

    private static Consumer<Xml> written(Identity identity) {
        return xml -> xml.text("Arn", identity.arn())
                .text("UserId", identity.userId())
                .text("Account", identity.account());
    }
}
