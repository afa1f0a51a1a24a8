package dev.keystores.inventory;

import dev.keystores.kms.Described;
import dev.keystores.kms.KmsException;
import dev.keystores.kms.KmsGateway;
import dev.keystores.kms.Reason;
import dev.keystores.kms.Turn;
import dev.keystores.target.Target;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** One look at one target: ask KMS outside any transaction, then save within one. */
@Component
class Looking {

    private static final Logger log = LoggerFactory.getLogger(Looking.class);

    private final KmsGateway kms;
    private final Accounts accounts;
    private final Differences differences;
    private final TargetStates states;
    private final Leases leases;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Looking(
            KmsGateway kms,
            Accounts accounts,
            Differences differences,
            TargetStates states,
            Leases leases,
            ApplicationEventPublisher events,
            Clock clock) {
        this.kms = kms;
        this.accounts = accounts;
        this.differences = differences;
        this.states = states;
        this.leases = leases;
        this.events = events;
        this.clock = clock;
    }

    Look lookAt(Target target, Fence fence) {
        var began = clock.instant();
        try {
            var turn = new Turn(target, fence.lease());
            accounts.check(turn);
            var described = kms.describe(turn);
            return new Look.Seen(began, described, saveSeen(target, fence, described));
        } catch (KmsException why) {
            return new Look.Failed(began, why, saveFailed(target, fence, why));
        }
    }

    private Lately saveSeen(Target target, Fence fence, Described described) {
        var at = clock.instant();
        return leases.inOne(fence, () -> {
            var before = states.named(target.name()).orElseThrow();
            var lately = before.lately().andSeen();
            differences.save(target.name(), described, at);
            states.looked(fence, at, lately);
            if (before.lookedAt() == null || before.problem() != null) {
                log.info(
                        "Target {}: {} key stores",
                        target.name(),
                        described.keyStores().size());
                events.publishEvent(new TargetLooked(target.name(), true));
            }
            return lately;
        });
    }

    private Lately saveFailed(Target target, Fence fence, KmsException why) {
        var at = clock.instant();
        return leases.inOne(fence, () -> {
            var before = states.named(target.name()).orElseThrow();
            var lately = why.reason() == Reason.THROTTLED
                    ? before.lately().andThrottled()
                    : before.lately().andFailed();
            states.lookFailed(fence, at, why, lately);
            if (!why.reason().name().equals(before.problem())) {
                log.warn("Target {} can't be looked at: {}, {}", target.name(), why.reason(), why.getMessage());
                events.publishEvent(new TargetLooked(target.name(), false));
            }
            return lately;
        });
    }
}
