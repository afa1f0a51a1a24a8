package dev.keystores.sandbox;

import dev.keystores.sandbox.xks.Behaviour;
import dev.keystores.sandbox.xks.KeyManagerHealth;
import dev.keystores.sandbox.xks.Proxy;
import dev.keystores.sandbox.xks.ProxyCredential;
import dev.keystores.sandbox.xks.key.ExternalKey;
import dev.keystores.sandbox.xks.key.KeyStatus;
import dev.keystores.sandbox.xks.key.KeyUsage;
import dev.keystores.sandbox.xks.tls.Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An external key store proxy as a control room shows it.
 *
 * @param down whether nobody listens there
 * @param pathPrefix the only one it serves; null for any
 */
public record SeenProxy(
        String host,
        boolean down,
        Certificate certificate,
        Instant certificateExpires,
        long answerMillis,
        Behaviour behaviour,
        List<KeyManagerHealth> keyManagers,
        @Nullable String pathPrefix,
        List<String> accessKeyIds,
        List<SeenKey> keys) {

    /** Without what it encrypts with. */
    public record SeenKey(String id, KeyStatus status, List<KeyUsage> usages, String keySpec) {

        static SeenKey of(ExternalKey key) {
            return new SeenKey(key.id(), key.status(), List.copyOf(key.usages()), key.keySpec());
        }
    }

    static SeenProxy of(Proxy proxy, List<ExternalKey> keys) {
        return new SeenProxy(
                proxy.host(),
                proxy.down(),
                proxy.tls().certificate(),
                proxy.tls().expires(),
                proxy.answers().time().toMillis(),
                proxy.answers().behaviour(),
                proxy.answers().keyManagers(),
                proxy.access().pathPrefix(),
                proxy.access().credentials().stream()
                        .map(ProxyCredential::accessKeyId)
                        .toList(),
                keys.stream().map(SeenKey::of).toList());
    }
}
