package dev.keystores.keystore;

/**
 * A value that nobody may read but KMS: the {@code kmsuser} password, or the secret half of a proxy's credential. Either
 * it came with a request, or it lies elsewhere and is fetched each time KMS is asked.
 */
public sealed interface Secret {

    /** As somebody gave it: on its way to being sealed, or to KMS; kept nowhere. */
    record Given(String value) implements Secret {

        /** Without the value. */
        @Override
        public String toString() {
            return "Given[...]";
        }
    }

    /**
     * Encrypted, as long as its job runs.
     *
     * @param box Base64
     */
    record Sealed(String box) implements Secret {

        @Override
        public String toString() {
            return "Sealed[...]";
        }
    }

    /**
     * The {@code SecretString} of a secret in AWS Secrets Manager.
     *
     * @param arn {@code arn:aws:secretsmanager:eu-central-1:111122223333:secret:kmsuser-AbCdEf}
     */
    record Stored(String arn) implements Secret {}

    /**
     * The content of a file.
     *
     * @param name below the directory that the settings say
     */
    record InFile(String name) implements Secret {}

    /** It was given once, and its job has ended. */
    record Erased() implements Secret {}
}
