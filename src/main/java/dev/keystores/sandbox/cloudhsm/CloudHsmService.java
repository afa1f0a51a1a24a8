package dev.keystores.sandbox.cloudhsm;

import dev.keystores.sandbox.wire.Service;
import dev.keystores.sandbox.wire.ServiceError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** As much of CloudHSM as somebody needs who repairs the cluster of a custom key store. */
public final class CloudHsmService implements Service {

    private final Map<String, Operation> operations;
    private final Clock clock;

    /** @param hsmTime until a new HSM is ACTIVE, and until one to be deleted is gone */
    public CloudHsmService(Clusters clusters, Duration hsmTime, Clock clock) {
        this.operations = Map.of(
                "CreateHsm", new CreateHsm(clusters, hsmTime),
                "DeleteHsm", new DeleteHsm(clusters, hsmTime),
                "DescribeClusters", new DescribeClusters(clusters));
        this.clock = clock;
    }

    @Override
    public String targetPrefix() {
        return "BaldrApiService";
    }

    @Override
    public String signingName() {
        return "cloudhsm";
    }

    @Override
    public String messageMember() {
        return "Message";
    }

    @Override
    public boolean offers(String operation) {
        return operations.containsKey(operation);
    }

    @Override
    public Answer answer(Call call) {
        Instant now = clock.instant();
        Operation operation = Objects.requireNonNull(operations.get(call.operation()));
        try {
            ObjectNode answer = operation.answer(call.scope(), call.input(), now);
            return new Answer.Body(answer);
        } catch (ServiceError refused) {
            throw Refusals.named(refused);
        }
    }
}
