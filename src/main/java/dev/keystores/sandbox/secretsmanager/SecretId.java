package dev.keystores.sandbox.secretsmanager;

import dev.keystores.sandbox.wire.Scope;
import dev.keystores.sandbox.wire.Service;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a secret is called by: its name, its ARN, or its ARN without the hyphen and six characters at the end. An ARN whose
 * name ends like that by itself counts as a whole one (Secrets Manager API Reference, GetSecretValue).
 *
 * @param text as it was given
 * @param partialArn without those seven characters; there is one secret of it at most
 */
record SecretId(String text, Scope scope, String partialArn, boolean whole) {

    static final int SUFFIX = 6;

    private static final String NAME = "[A-Za-z0-9/_+=.@!-]{1,512}";
    private static final Pattern ARN = Pattern.compile(
            "(arn:aws[a-z-]{0,20}:secretsmanager:([a-z][a-z0-9-]{1,31}):(\\d{12}):secret:)(" + NAME + ")");
    private static final Pattern WHOLE = Pattern.compile(".+-[A-Za-z0-9]{" + SUFFIX + "}");

    static Optional<SecretId> ofArn(String text) {
        Matcher arn = ARN.matcher(text);
        if (!arn.matches()) {
            return Optional.empty();
        }
        boolean whole = WHOLE.matcher(arn.group(4)).matches();
        String partial = whole ? text.substring(0, text.length() - SUFFIX - 1) : text;
        return Optional.of(new SecretId(text, new Scope(arn.group(3), arn.group(2)), partial, whole));
    }

    static SecretId ofName(String name, Scope scope) {
        if (!name.matches(NAME)) {
            throw Refusals.invalidName();
        }
        String arn = "arn:%s:secretsmanager:%s:%s:secret:%s"
                .formatted(scope.partition(), scope.region(), scope.account(), name);
        return new SecretId(name, scope, arn, false);
    }

    /** The one that a call names, as far as its caller may know of it. */
    static SecretId of(Service.Call call) {
        String text = call.input().required(Requests.SECRET_ID);
        SecretId id = ofArn(text).orElseGet(() -> ofName(text, call.scope()));
        if (!id.scope.account().equals(call.scope().account())) {
            throw Refusals.ofAnotherAccount(call, text);
        }
        if (!id.scope.equals(call.scope())) {
            throw Refusals.notFound();
        }
        return id;
    }

    /** As far as it is known. */
    String arn() {
        return whole ? text : partialArn;
    }

    String name() {
        return nameIn(partialArn);
    }

    static String nameIn(String partialArn) {
        return partialArn.substring(partialArn.lastIndexOf(':') + 1);
    }

    boolean isOf(StoredSecret secret) {
        return whole ? secret.arn().equals(text) : secret.partialArn().equals(partialArn);
    }
}
