package dev.keystores.inventory;

import dev.keystores.kms.KmsException;
import dev.keystores.kms.KmsGateway;
import dev.keystores.kms.Turn;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Learns which account a target is, once for each start: two targets of one account and Region would share one quota. */
@Component
class Accounts {

    private final KmsGateway kms;
    private final Targets targets;
    private final TargetStates states;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<Place, Target> first = new ConcurrentHashMap<>();

    /** @param target as it was configured then: with another role it may be another account */
    private record Known(Target target, String account) {}

    /** @param sandbox null for AWS, which is one by whatever address */
    private record Place(
            String account, String region, @Nullable URI sandbox) {}

    Accounts(KmsGateway kms, Targets targets, TargetStates states) {
        this.kms = kms;
        this.targets = targets;
        this.states = states;
    }

    /** The first configured target that turns out to be an account and Region may look at it; another may not. */
    void check(Turn turn) {
        var target = turn.target();
        var account = account(turn);
        var place = new Place(account, target.region(), target.real() ? null : target.endpoint());
        var holder = first.merge(place, target, (before, now) -> mayStay(before, now) ? before : now);
        if (!holder.name().equals(target.name())) {
            throw KmsException.sameAccountAndRegion(target, holder, account);
        }
    }

    private boolean mayStay(Target before, Target now) {
        return targets.named(before.name()).filter(before::equals).isPresent() && !targets.comesBefore(now, before);
    }

    /** Nobody else may have to wait while STS is asked: no lock of a map is held meanwhile. */
    private String account(Turn turn) {
        var target = turn.target();
        var remembered = known.get(target.name());
        if (remembered != null && remembered.target().equals(target)) {
            return remembered.account();
        }
        var account = kms.account(turn);
        states.belongsTo(target.name(), account);
        known.put(target.name(), new Known(target, account));
        return account;
    }
}
