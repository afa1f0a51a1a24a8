package dev.keystores.inventory;

import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.kms.Described;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Writes what differs between a look and the inventory: at rest, nothing. Runs within its caller's transaction. */
@Component
class Differences {

    private static final Logger log = LoggerFactory.getLogger(Differences.class);

    private final KeyStores keyStores;
    private final History history;
    private final ApplicationEventPublisher events;

    Differences(KeyStores keyStores, History history, ApplicationEventPublisher events) {
        this.keyStores = keyStores;
        this.history = history;
        this.events = events;
    }

    void save(String target, Described described, Instant at) {
        var before = keyStores.of(target).stream().collect(Collectors.toMap(SeenKeyStore::id, Function.identity()));
        described.keyStores().forEach(now -> saveOne(target, before.get(now.id()), now, at));
        var there = described.keyStores().stream().collect(Collectors.toMap(KeyStore::id, Function.identity()));
        before.values().stream()
                .filter(known -> !known.gone())
                .filter(known -> isGone(known.id(), there, described))
                .forEach(known -> gone(known, at));
    }

    private static boolean isGone(KeyStoreId id, Map<KeyStoreId, KeyStore> there, Described described) {
        return !there.containsKey(id) && !described.unreadable().contains(id);
    }

    private void saveOne(String target, @Nullable SeenKeyStore before, KeyStore now, Instant at) {
        if (before == null) {
            var version = keyStores.insert(target, now, at);
            history.add(target, now.id(), at, false, now.connectionState(), now.connectionErrorCode(), null);
            tell(target, now.id(), version);
        } else if (before.gone() || !before.keyStore().equals(now)) {
            var version = keyStores.update(before, now, at);
            if (moved(before, now)) {
                log.info(
                        "{} {} in {}: {} -> {}{}",
                        now.id(),
                        now.name(),
                        target,
                        before.state(),
                        now.connectionState(),
                        now.connectionErrorCode() == null ? "" : ", " + now.connectionErrorCode());
                history.add(
                        target,
                        now.id(),
                        at,
                        true,
                        now.connectionState(),
                        now.connectionErrorCode(),
                        before.activeJob());
            }
            tell(target, now.id(), version);
        }
    }

    private static boolean moved(SeenKeyStore before, KeyStore now) {
        return before.gone()
                || before.state() != now.connectionState()
                || !Objects.equals(before.keyStore().connectionErrorCode(), now.connectionErrorCode());
    }

    private void gone(SeenKeyStore known, Instant at) {
        log.warn("{} {} is gone from {}", known.id(), known.keyStore().name(), known.target());
        var version = keyStores.gone(known, at);
        history.add(known.target(), known.id(), at, true, null, null, known.activeJob());
        tell(known.target(), known.id(), version);
    }

    private void tell(String target, KeyStoreId id, long version) {
        events.publishEvent(new KeyStoreChanged(target, id, version));
    }
}
