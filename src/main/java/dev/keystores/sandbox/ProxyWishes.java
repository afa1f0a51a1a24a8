package dev.keystores.sandbox;

import dev.keystores.sandbox.xks.Access;
import dev.keystores.sandbox.xks.Answers;
import dev.keystores.sandbox.xks.Behaviour;
import dev.keystores.sandbox.xks.KeyManagerHealth;
import dev.keystores.sandbox.xks.Proxy;
import dev.keystores.sandbox.xks.ProxyCredential;
import dev.keystores.sandbox.xks.tls.Certificate;
import dev.keystores.sandbox.xks.tls.Tls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What {@code PUT /_sandbox/proxies/{host}} wants a proxy to be. */
record ProxyWishes(Wanted wanted) {

    static ProxyWishes parse(byte[] body) {
        return new ProxyWishes(Wanted.parse(
                body,
                "down",
                "certificate",
                "certificateExpires",
                "answerMillis",
                "behaviour",
                "keyManagers",
                "pathPrefix",
                "credentials"));
    }

    Proxy grant(Proxy proxy) {
        return proxy.withDown(wanted.flag("down").orElse(proxy.down()))
                .with(tls(proxy.tls()))
                .with(answers(proxy.answers()))
                .with(access(proxy.access()));
    }

    private Tls tls(Tls tls) {
        return tls.with(wanted.choice("certificate", Certificate.class).orElse(tls.certificate()))
                .withExpires(wanted.instant("certificateExpires").orElse(tls.expires()));
    }

    private Answers answers(Answers answers) {
        return answers.withTime(
                        wanted.integer("answerMillis").map(Duration::ofMillis).orElse(answers.time()))
                .with(wanted.choice("behaviour", Behaviour.class).orElse(answers.behaviour()))
                .withKeyManagers(
                        wanted.choices("keyManagers", KeyManagerHealth.class).orElse(answers.keyManagers()));
    }

    private Access access(Access access) {
        Optional<List<Wanted>> credentials = wanted.structures("credentials", "accessKeyId", "secretAccessKey");
        Access changed = credentials.isEmpty()
                ? access
                : access.withCredentials(credentials.get().stream()
                        .map(one -> new ProxyCredential(one.needed("accessKeyId"), one.needed("secretAccessKey")))
                        .toArray(ProxyCredential[]::new));
        return wanted.isNull("pathPrefix")
                ? changed.withPathPrefix(null)
                : changed.withPathPrefix(wanted.text("pathPrefix").orElse(changed.pathPrefix()));
    }
}
