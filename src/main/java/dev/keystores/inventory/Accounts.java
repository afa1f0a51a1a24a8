package dev.keystores.inventory;

import dev.keystores.kms.KmsException;
import dev.keystores.kms.KmsGateway;
import dev.keystores.kms.Turn;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
            return new Place(account, target.region(), target.real() ? null : target.endpoint());
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
        states.of(account, target.region()).stream()
                .filter(other -> !other.target().equals(target.name()))
                .forEach(other -> check(target, account, other));
    }

    private void check(Target target, String account, AccountUse other) {
        var place = Place.of(target, account);
        var twin = targets.named(other.target());
        if (twin.filter(named -> !isAt(place, named)).isPresent()) {
            return;
        }
        if (twin.filter(named -> targets.comesBefore(named, target)).isPresent()) {
            throw KmsException.sameAccountAndRegion(target, twin.get(), account);
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
        var owner = kms.owner(turn);
        states.belongsTo(target.name(), owner.account(), target.region());
        known.put(
                target.name(), new Known(target, owner.account(), owner.certain() ? Instant.MAX : now.plus(BELIEVED)));
        return owner.account();
    }
}
