package dev.keystores.inventory;

import dev.keystores.kms.KmsException;
import dev.keystores.kms.KmsGateway;
import dev.keystores.kms.Owner;
import dev.keystores.kms.Reason;
import dev.keystores.kms.Turn;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Learns which account a target is, and lets one target of each account and Region look: two would share one quota. Each
 * process writes down what it has learned before it reads what others have, so of two targets one sees the other, whichever
 * processes they are with.
 */
@Component
class Accounts {

    /** What nobody but the settings says is asked again after so long. */
    private static final Duration BELIEVED = Duration.ofMinutes(5);

    private final KmsGateway kms;
    private final Targets targets;
    private final TargetStates states;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** @param target as it was configured then: with another role it may be another account */
    private record Known(Target target, String account, Instant until) {}

    /** @param sandbox null for AWS, which is one by whatever address */
    private record Place(
            String account, String region, @Nullable URI sandbox) {

        static Place of(Target target, String account) {
            return new Place(account, target.region(), sandbox(target));
        }

        static @Nullable URI sandbox(Target target) {
            return target.real() ? null : target.endpoint();
        }
    }

    Accounts(KmsGateway kms, Targets targets, TargetStates states, Clock clock) {
        this.kms = kms;
        this.targets = targets;
        this.states = states;
        this.clock = clock;
    }

    /** The first in the settings of those that turn out to be an account and Region may look at it; another may not. */
    void check(Turn turn) {
        var target = turn.target();
        var account = account(turn);
        var own = checkOthers(target, account);
        if (own.isEmpty()) {
            // A process with other settings took it for another account meanwhile.
            states.belongsTo(target.name(), account, target.region());
            checkOthers(target, account);
        } else if (own.get().refused()) {
            states.refusedNoMore(target.name());
            checkOthers(target, account);
        }
    }

    /** Returns how the target itself is known. */
    private Optional<AccountUse> checkOthers(Target target, String account) {
        var all = states.of(account, target.region());
        all.stream()
                .filter(other -> !other.target().equals(target.name()))
                .forEach(other -> check(target, account, other));
        return all.stream().filter(own -> own.target().equals(target.name())).findAny();
    }

    private void check(Target target, String account, AccountUse other) {
        var twin = targets.named(other.target()).orElse(null);
        if (twin != null && !Objects.equals(Place.sandbox(twin), Place.sandbox(target))) {
            return;
        }
        if (twin != null && isAt(Place.of(target, account), twin) && targets.comesBefore(twin, target)) {
            throw KmsException.sameAccountAndRegion(target, twin, account);
        }
        // It goes by settings that were read before ours, or didn't know yet of this one.
        if (other.mayCall()) {
            throw KmsException.heldBack("target %s is at work on account %s in %s, so %s waits until it has ended"
                    .formatted(other.target(), account, target.region(), target.name()));
        }
    }

    /** Whether the target can be there, as far as its settings tell; its row says what it was last. */
    private static boolean isAt(Place place, Target target) {
        return place.equals(Place.of(target, target.knownAccount().orElse(place.account())));
    }

    private String account(Turn turn) {
        var target = turn.target();
        var now = clock.instant();
        var remembered = known.get(target.name());
        if (remembered != null && remembered.target().equals(target) && now.isBefore(remembered.until())) {
            return remembered.account();
        }
        var owner = owner(turn);
        states.belongsTo(target.name(), owner.account(), target.region());
        known.put(
                target.name(), new Known(target, owner.account(), owner.certain() ? Instant.MAX : now.plus(BELIEVED)));
        return owner.account();
    }

    private Owner owner(Turn turn) {
        try {
            return kms.owner(turn);
        } catch (KmsException why) {
            if (why.reason() == Reason.ANOTHER_ACCOUNT) {
                // What its settings say, and was believed, keeps no other from that account.
                states.belongsTo(turn.target().name(), null, turn.target().region());
            }
            throw why;
        }
    }
}
