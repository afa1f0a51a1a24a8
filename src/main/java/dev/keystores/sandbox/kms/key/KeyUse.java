package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.cloudhsm.Sealed;
import dev.keystores.sandbox.external.Encrypted;
import dev.keystores.sandbox.external.Outcome;
import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.ProxyCalls;
import dev.keystores.sandbox.kms.call.ProxyTrouble;
import dev.keystores.sandbox.kms.call.Quota;
import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.kms.model.OwnLayer;
import java.util.Base64;
import java.util.Objects;

/** A usable key at work where it is: in its cluster, or behind its proxy. Each time counts against the quota of its store. */
record KeyUse(ProxyCalls proxies, Quota quota) {

    /** {@code CiphertextBlob} in Base64. */
    String encrypt(FoundKey found, Asked asked, byte[] plaintext, EncryptionContext context) {
        quota.takeUse(found.store().id(), asked.at());
        byte[] bound = context.boundTo(found.key());
        Encrypted sealed = switch (found.store().backing()) {
            case Backing.CloudHsm cloudHsm ->
                ofCluster(cluster(found).seal(found.key().id(), plaintext, bound));
            case Backing.External external ->
                answer(proxies.encrypt(asked, external, found.key(), own(found).put(plaintext, bound), bound), found);
        };
        return Base64.getEncoder().encodeToString(new KeyBlob(found.key().id(), sealed).bytes());
    }

    byte[] decrypt(FoundKey found, Asked asked, Encrypted sealed, EncryptionContext context) {
        quota.takeUse(found.store().id(), asked.at());
        byte[] bound = context.boundTo(found.key());
        return switch (found.store().backing()) {
            case Backing.CloudHsm cloudHsm ->
                cluster(found)
                        .open(found.key().id(), toCluster(sealed), bound)
                        .orElseThrow(KeyRefusals::invalidCiphertext);
            case Backing.External external ->
                own(found).taken(answer(proxies.decrypt(asked, external, found.key(), sealed, bound), found), bound);
        };
    }

    private static Encrypted ofCluster(Sealed sealed) {
        return new Encrypted(
                sealed.ciphertext(), sealed.initializationVector(), sealed.authenticationTag(), new byte[0]);
    }

    /** No cluster makes metadata, so what has some was tampered with. */
    private static Sealed toCluster(Encrypted sealed) {
        if (sealed.ciphertextMetadata().length > 0) {
            throw KeyRefusals.invalidCiphertext();
        }
        return new Sealed(sealed.initializationVector(), sealed.ciphertext(), sealed.authenticationTag());
    }

    private static Cluster cluster(FoundKey found) {
        return found.world()
                .clusterOf(found.store())
                .filter(cluster -> cluster.serves(found.key().id()))
                .orElseThrow(() -> KeyRefusals.storeFailed(found.arn()));
    }

    private static OwnLayer own(FoundKey found) {
        return Objects.requireNonNull(found.key().ownLayer());
    }

    private static <T> T answer(Outcome<T> outcome, FoundKey found) {
        return switch (outcome) {
            case Outcome.Answer<T> answer -> answer.value();
            case Outcome.Failure<T> failure -> throw ProxyTrouble.atUse(failure.trouble(), found.arn());
        };
    }
}
