package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.call.OperationIn;
import dev.keystores.sandbox.kms.call.Quota;
import dev.keystores.sandbox.kms.history.History;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.kms.world.Claims;
import dev.keystores.sandbox.kms.world.World;
import dev.keystores.sandbox.kms.world.Worlds;
import dev.keystores.sandbox.wire.Service;
import dev.keystores.sandbox.wire.ServiceError;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes a call through what every call meets: it is counted, held to the quota, and may meet a fault of KMS itself. */
record KmsService(Map<String, Operation> operations, Worlds worlds, Claims claims, Gate gate, Clock clock)
        implements Service {

    private static final Logger log = LoggerFactory.getLogger(KmsService.class);

    record Gate(Quota quota, Faults faults, Calls calls, History history) {}

    @Override
    public String targetPrefix() {
        return "TrentService";
    }

    @Override
    public String signingName() {
        return "kms";
    }

    @Override
    public boolean offers(String operation) {
        return operations.containsKey(operation);
    }

    @Override
    public Answer answer(Call call) {
        OperationIn counted = new OperationIn(call.operation(), call.scope());
        Passing passing = new Passing(call, clock.instant());
        gate.calls().arrived(counted, passing.arrivedAt());
        String outcome = "InternalFailure";
        try {
            passing.finds(worlds.in(call.scope()).glance(passing.arrivedAt()));
            Answer answer = answer(passing, counted);
            outcome = answer instanceof Answer.Silence ? CallMeter.NO_ANSWER : CallMeter.OK;
            return answer;
        } catch (ServiceError error) {
            outcome = error.type();
            throw error;
        } finally {
            gate.calls().ended(counted, outcome);
            log.debug("{} in {}: {}", call.operation(), call.scope(), outcome);
            gate.faults().awaitAnswerTime();
            keep(passing, outcome);
        }
    }

    private void keep(Passing passing, String outcome) {
        gate.history().add(number -> passing.seen(number, clock.instant(), outcome));
    }

    private Answer answer(Passing passing, OperationIn counted) {
        gate.quota().take(counted, passing.arrivedAt());
        Optional<Fault> fault = gate.faults().next(counted);
        fault.ifPresent(passing::meets);
        return fault.isEmpty() ? new Answer.Body(effect(passing)) : answer(passing, fault.get());
    }

    /** A call that KMS would refuse anyway is refused after its fault was met: there is no effect to lose the answer of. */
    private Answer answer(Passing passing, Fault fault) {
        return switch (fault) {
            case THROTTLED -> throw Refusals.throttled();
            case INTERNAL_BEFORE_EFFECT -> throw Refusals.internal();
            case INTERNAL_AFTER_EFFECT -> {
                effect(passing);
                throw Refusals.internal();
            }
            case BROKEN_AFTER_EFFECT -> {
                effect(passing);
                yield new Answer.Silence();
            }
        };
    }

    private ObjectNode effect(Passing passing) {
        Call call = passing.call();
        Instant now = passing.arrivedAt();
        World world = worlds.in(call.scope());
        Asked asked = new Asked(call.scope(), call.operation(), call.requestId(), call.input(), now);
        return switch (Objects.requireNonNull(operations.get(call.operation()))) {
            case Operation.Look look -> look.look(world.shownAt(now), asked);
            case Operation.Use use -> use.use(world.at(now), asked);
            case Operation.Change change -> changed(world, passing, state -> change.change(state, asked));
            case Operation.AskedChange change -> {
                change.ask(world.at(now), asked);
                yield claims.exclusively(() -> changed(world, passing, state -> change.change(state, asked)));
            }
        };
    }

    private static ObjectNode changed(World world, Passing passing, Function<WorldState, Operation.Effect> change) {
        return world.change(passing.arrivedAt(), state -> {
                    passing.finds(state);
                    return change.apply(state);
                })
                .answer();
    }
}
