package dev.keystores.sandbox.secretsmanager;

import dev.keystores.sandbox.wire.Service;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/** As much of Secrets Manager as somebody needs who keeps a secret there and reads it. */
public final class SecretsManagerService implements Service {

    private static final String NAME = "secretsmanager";

    private final Map<String, Operation> operations;

    public SecretsManagerService(Secrets secrets, Clock clock) {
        this.operations = Map.of(
                "CreateSecret", new CreateSecret(secrets, clock),
                "PutSecretValue", new PutSecretValue(secrets, clock),
                "GetSecretValue", new GetSecretValue(secrets),
                "DeleteSecret", new DeleteSecret(secrets, clock));
    }

    @Override
    public String targetPrefix() {
        return NAME;
    }

    @Override
    public String signingName() {
        return NAME;
    }

    @Override
    public String messageMember() {
        return "Message";
    }

    @Override
    public boolean offers(String operation) {
        return operations.containsKey(operation);
    }

    @Override
    public Answer answer(Call call) {
        Operation operation = Objects.requireNonNull(operations.get(call.operation()));
        return new Answer.Body(operation.answer(call));
    }
}
