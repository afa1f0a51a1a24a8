package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.cloudhsm.Sealed;
import dev.keystores.sandbox.external.Encrypted;
import dev.keystores.sandbox.external.Outcome;
import dev.keystores.sandbox.wire.ServiceError;

/** A usable key at work where it is: in its cluster, or behind its proxy. */
record KeyUse(ProxyCalls proxies, Quota quota) {

    Encrypted encrypt(FoundKey found, Asked asked, byte[] plaintext, byte[] context) {
        quota.takeUse(found.store().id(), asked.at());
        return switch (found.store().backing()) {
            case Backing.CloudHsm cloudHsm -> {
                Sealed sealed = cluster(found, asked).seal(found.key().id(), plaintext, context);
                yield new Encrypted(
                        sealed.ciphertext(), sealed.initializationVector(), sealed.authenticationTag(), new byte[0]);
            }
            case Backing.External external ->
                answer(proxies.encrypt(asked, external, found.key(), plaintext, context), found, asked);
        };
    }

    byte[] decrypt(FoundKey found, Asked asked, Encrypted sealed, byte[] context) {
        quota.takeUse(found.store().id(), asked.at());
        return switch (found.store().backing()) {
            case Backing.CloudHsm cloudHsm ->
                cluster(found, asked)
                        .open(
                                found.key().id(),
                                new Sealed(
                                        sealed.initializationVector(), sealed.ciphertext(), sealed.authenticationTag()),
                                context)
                        .orElseThrow(KeyRefusals::invalidCiphertext);
            case Backing.External external ->
                answer(proxies.decrypt(asked, external, found.key(), sealed, context), found, asked);
        };
    }

    private static Cluster cluster(FoundKey found, Asked asked) {
        return found.world()
                .clusterOf(found.store())
                .filter(cluster -> cluster.serves(found.key().id()))
                .orElseThrow(() -> failed(found, asked));
    }

    private static <T> T answer(Outcome<T> outcome, FoundKey found, Asked asked) {
        return switch (outcome) {
            case Outcome.Answer<T> answer -> answer.value();
            case Outcome.Failure<T> failure -> throw ProxyTrouble.atUse(failure.trouble(), found.arn(asked.scope()));
        };
    }

    private static ServiceError failed(FoundKey found, Asked asked) {
        return KeyRefusals.storeFailed(found.arn(asked.scope()));
    }
}
