package dev.keystores.sandbox;

import dev.keystores.sandbox.xks.key.ExternalKey;
import dev.keystores.sandbox.xks.key.KeyStatus;
import dev.keystores.sandbox.xks.key.KeyUsage;
import java.util.List;

/** What {@code PUT /_sandbox/proxy-keys/{host}/{id}} wants an external key to be. */
record KeyWishes(Wanted wanted) {

    static KeyWishes parse(byte[] body) {
        return new KeyWishes(Wanted.parse(body, "status", "usages", "keySpec"));
    }

    ExternalKey grant(ExternalKey key) {
        return key.withStatus(wanted.choice("status", KeyStatus.class).orElse(key.status()))
                .withUsages(wanted.choices("usages", KeyUsage.class).orElse(List.copyOf(key.usages())))
                .withKeySpec(wanted.text("keySpec").orElse(key.keySpec()));
    }
}
