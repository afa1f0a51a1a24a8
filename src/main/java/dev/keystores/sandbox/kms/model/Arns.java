package dev.keystores.sandbox.kms.model;

import dev.keystores.sandbox.wire.Scope;

/** Amazon Resource Names of what is in an account and Region. */
public final class Arns {

    private Arns() {}

    public static String key(Scope scope, String id) {
        return keyPrefix(scope) + id;
    }

    public static String keyPrefix(Scope scope) {
        return "arn:%s:kms:%s:%s:key/".formatted(scope.partition(), scope.region(), scope.account());
    }

    public static String root(Scope scope) {
        return "arn:%s:iam::%s:root".formatted(scope.partition(), scope.account());
    }
}
