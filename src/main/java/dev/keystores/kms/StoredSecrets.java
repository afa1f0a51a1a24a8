package dev.keystores.kms;

import dev.keystores.keystore.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Secrets in AWS Secrets Manager, read with the credentials of the target that they are for. */
@Component
public class StoredSecrets {

    private static final String ACTION = "secretsmanager:GetSecretValue";

    private final Clients clients;
    private final Calling calling;

    StoredSecrets(Clients clients, Calling calling) {
        this.clients = clients;
        this.calling = calling;
    }

    /**
     * Its {@code SecretString}, as it is now (Secrets Manager API Reference, GetSecretValue).
     *
     * @throws KmsException when it can't be had, which means that nothing was asked of KMS
     */
    public String read(Turn turn, Secret.Stored secret) {
        var text = value(turn, secret);
        if (text == null) {
            throw KmsException.secretUnreadable(secret.arn() + " has no SecretString");
        }
        return text;
    }

    private @Nullable String value(Turn turn, Secret.Stored secret) {
        var region = secret.arn().split(":", 5)[3];
        try {
            return calling.call(
                    turn,
                    ACTION,
                    call -> clients.secrets(turn.target(), region)
                            .getSecretValue(
                                    request -> request.secretId(secret.arn()).overrideConfiguration(call))
                            .secretString());
        } catch (KmsException failure) {
            throw Failures.ofSecret(failure, secret.arn());
        }
    }
}
