package dev.keystores.sandbox.kms.call;

import dev.keystores.sandbox.external.Access;
import dev.keystores.sandbox.external.Encrypted;
import dev.keystores.sandbox.external.ExternalKey;
import dev.keystores.sandbox.external.KeyMetadata;
import dev.keystores.sandbox.external.Outcome;
import dev.keystores.sandbox.external.ProxyAddress;
import dev.keystores.sandbox.external.ProxyClient;
import dev.keystores.sandbox.external.ProxyCredential;
import dev.keystores.sandbox.external.ProxyHealth;
import dev.keystores.sandbox.external.RequestMetadata;
import dev.keystores.sandbox.kms.model.Arns;
import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.Key;
import dev.keystores.sandbox.wire.Scope;

/** What KMS asks of the proxies of external key stores. Takes its time: never with a lock held. */
public record ProxyCalls(ProxyClient client) {

    public Outcome<ProxyHealth> health(Scope scope, Backing.External backing, String requestId, String operation) {
        return client.getHealthStatus(access(scope, backing), RequestMetadata.ofHealth(requestId, operation));
    }

    public Outcome<KeyMetadata> keyMetadata(Asked asked, Backing.External backing, String xksKeyId) {
        ExternalKey key = new ExternalKey(access(asked.scope(), backing), xksKeyId);
        return client.getKeyMetadata(key, RequestMetadata.ofCreateKey(asked.requestId(), Arns.root(asked.scope())));
    }

    public Outcome<Encrypted> encrypt(
            Asked asked, Backing.External backing, Key key, byte[] plaintext, byte[] context) {
        return client.encrypt(external(asked, backing, key), metadata(asked, key), plaintext, context);
    }

    public Outcome<byte[]> decrypt(Asked asked, Backing.External backing, Key key, Encrypted sealed, byte[] context) {
        return client.decrypt(external(asked, backing, key), metadata(asked, key), sealed, context);
    }

    private static ExternalKey external(Asked asked, Backing.External backing, Key key) {
        return new ExternalKey(access(asked.scope(), backing), String.valueOf(key.xksKeyId()));
    }

    private static RequestMetadata metadata(Asked asked, Key key) {
        return RequestMetadata.ofKey(
                asked.requestId(), asked.operation(), Arns.root(asked.scope()), Arns.key(asked.scope(), key.id()));
    }

    private static Access access(Scope scope, Backing.External backing) {
        Backing.ProxyCredential credential = backing.credential();
        return new Access(
                new ProxyAddress(backing.uri().host(), backing.uri().path()),
                new ProxyCredential(
                        credential.accessKeyId(),
                        credential.rawSecretAccessKey().value()),
                scope.region());
    }
}
