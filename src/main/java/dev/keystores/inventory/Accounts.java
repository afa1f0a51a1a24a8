package dev.keystores.inventory;

import dev.keystores.kms.KmsException;
import dev.keystores.kms.KmsGateway;
import dev.keystores.kms.Turn;
import dev.keystores.target.Targets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Learns which account a target is, once for each start: two targets of one account and Region would share one quota. */
@Component
class Accounts {

    private final KmsGateway kms;
    private final Targets targets;
    private final TargetStates states;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    Accounts(KmsGateway kms, Targets targets, TargetStates states) {
        this.kms = kms;
        this.targets = targets;
        this.states = states;
    }

    /** The first target in the settings that turns out to be an account and Region may look at it; another may not. */
    void check(Turn turn) {
        var target = turn.target();
        var account = known.computeIfAbsent(target.name(), name -> ask(turn));
        targets.all().stream()
                .takeWhile(earlier -> !earlier.equals(target))
                .filter(earlier -> earlier.region().equals(target.region()))
                .filter(earlier -> Objects.equals(earlier.endpoint(), target.endpoint()))
                .filter(earlier -> account.equals(known.get(earlier.name())))
                .findFirst()
                .ifPresent(twin -> {
                    throw KmsException.sameAccountAndRegion(target, twin, account);
                });
    }

    private String ask(Turn turn) {
        var account = kms.account(turn);
        states.belongsTo(turn.target().name(), account);
        return account;
    }
}
