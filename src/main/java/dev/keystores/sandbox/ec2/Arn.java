package dev.keystores.sandbox.ec2;

import dev.keystores.sandbox.wire.Scope;

/** How AWS names a thing of an account and Region. */
final class Arn {

    private Arn() {}

    static String of(Scope scope, String service, String resource) {
        return "arn:%s:%s:%s:%s:%s".formatted(scope.partition(), service, scope.region(), scope.account(), resource);
    }
}
