package dev.keystores.kms;

import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.target.Target;
import dev.keystores.target.TargetLabels;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.AwsResponseMetadata;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.DescribeCustomKeyStoresRequest;
import software.amazon.awssdk.services.kms.model.DescribeCustomKeyStoresResponse;
import software.amazon.awssdk.services.kms.model.KmsResponse;

/**
 * The only door to KMS. Every call belongs to a turn, takes a permit of its quota, has an end, is counted, and fails with a
 * {@link KmsException} alone. Only {@link #describe} is repeated: a write is asked once, and its caller decides.
 */
@Component
public class KmsGateway {

    private static final Logger log = LoggerFactory.getLogger(KmsGateway.class);

    private final Clients clients;
    private final Calling calling;
    private final Guards guards;
    private final MeterRegistry meters;
    private final TargetLabels labels;

    KmsGateway(Clients clients, Calling calling, Guards guards, MeterRegistry meters, TargetLabels labels) {
        this.clients = clients;
        this.calling = calling;
        this.guards = guards;
        this.meters = meters;
        this.labels = labels;
    }

    /**
     * The account that the target's credentials belong to: that of its role, or what STS says. Where STS can't be asked, what
     * the settings say is believed.
     *
     * @throws KmsException {@link Reason#ANOTHER_ACCOUNT} when the settings say another
     */
    public Owner owner(Turn turn) {
        var target = turn.target();
        var told = target.knownAccount();
        if (told.isPresent() && (!target.real() || target.accountOfTheRole().isPresent())) {
            return new Owner(told.get(), true);
        }
        String asked;
        try {
            asked = callerIdentity(turn);
        } catch (KmsException notTold) {
            if (notTold.reason() == Reason.HELD_BACK) {
                throw notTold;
            }
            return new Owner(told.orElseThrow(() -> Failures.ofIdentity(notTold, target)), false);
        }
        if (told.filter(account -> !account.equals(asked)).isPresent()) {
            throw KmsException.anotherAccount(target, asked);
        }
        return new Owner(asked, true);
    }

    private String callerIdentity(Turn turn) {
        return calling.call(
                turn,
                "sts:GetCallerIdentity",
                call -> clients.sts(turn.target())
                        .getCallerIdentity(request -> request.overrideConfiguration(call))
                        .account());
    }

    /** Every key store of the target, all pages. */
    public Described describe(Turn turn) {
        var entries = new ArrayList<CustomKeyStoresListEntry>();
        String marker = null;
        do {
            var next = marker;
            var page = described(turn, request -> request.marker(next));
            entries.addAll(page.customKeyStores());
            marker = Boolean.TRUE.equals(page.truncated()) ? page.nextMarker() : null;
        } while (marker != null);
        return Described.of(entries);
    }

    /**
     * One key store of the target.
     *
     * @throws KmsException {@link Reason#KEY_STORE_NOT_FOUND} when there is none
     */
    public Described describe(Turn turn, KeyStoreId id) {
        return Described.of(
                described(turn, request -> request.customKeyStoreId(id.value())).customKeyStores());
    }

    /** Starts connecting; says nothing about the end. */
    public Answer connect(Turn turn, KeyStoreId id) {
        return write(
                turn,
                Operation.ConnectCustomKeyStore,
                id.value(),
                (kms, call) -> kms.connectCustomKeyStore(
                        request -> request.customKeyStoreId(id.value()).overrideConfiguration(call)));
    }

    /** Starts disconnecting; the store's keys are unusable from now on. */
    public Answer disconnect(Turn turn, KeyStoreId id) {
        return write(
                turn,
                Operation.DisconnectCustomKeyStore,
                id.value(),
                (kms, call) -> kms.disconnectCustomKeyStore(
                        request -> request.customKeyStoreId(id.value()).overrideConfiguration(call)));
    }

    /** Creates a store, which is DISCONNECTED then. */
    public Answer create(Turn turn, KeyStoreType type, OpenProperties properties) {
        var answer = ask(
                turn,
                Operation.CreateCustomKeyStore,
                properties.name(),
                new Giving<>(
                        properties,
                        (kms, call) -> kms.createCustomKeyStore(properties
                                .create(type)
                                .overrideConfiguration(call)
                                .build())));
        return new Answer(requestId(answer), new KeyStoreId(answer.customKeyStoreId()));
    }

    /** Gives a store new values for some of its properties; the others stay as they are. */
    public Answer update(Turn turn, KeyStoreId id, OpenProperties properties) {
        return write(
                turn,
                Operation.UpdateCustomKeyStore,
                id.value(),
                new Giving<>(
                        properties,
                        (kms, call) -> kms.updateCustomKeyStore(properties
                                .update()
                                .customKeyStoreId(id.value())
                                .overrideConfiguration(call)
                                .build())));
    }

    /** Deletes a store without keys; leaves its cluster or proxy alone. */
    public Answer delete(Turn turn, KeyStoreId id) {
        return write(
                turn,
                Operation.DeleteCustomKeyStore,
                id.value(),
                (kms, call) -> kms.deleteCustomKeyStore(
                        request -> request.customKeyStoreId(id.value()).overrideConfiguration(call)));
    }

    /**
     * Whether a store has this name.
     *
     * @return empty where none has
     */
    public Described describeNamed(Turn turn, String name) {
        try {
            return Described.of(
                    described(turn, request -> request.customKeyStoreName(name)).customKeyStores());
        } catch (KmsException none) {
            if (none.reason() == Reason.KEY_STORE_NOT_FOUND) {
                return Described.of(List.of());
            }
            throw none;
        }
    }

    /**
     * The KMS keys in a store: KMS tells no number, so each key of the account is looked at, for so long.
     *
     * @throws KmsException where the policy doesn't allow {@code kms:ListKeys} and {@code kms:DescribeKey}
     */
    public KeyCount countKeys(Turn turn, KeyStoreId id, Duration longest) {
        return new KeysOf(clients, calling, turn, id, longest).count();
    }

    private DescribeCustomKeyStoresResponse described(
            Turn turn, Consumer<DescribeCustomKeyStoresRequest.Builder> which) {
        var before = new AtomicReference<KmsException>();
        return guards.repeated(turn.target(), () -> {
            try {
                return call(
                        turn,
                        Operation.DescribeCustomKeyStores,
                        (kms, call) -> kms.describeCustomKeyStores(
                                request -> which.accept(request.overrideConfiguration(call))));
            } catch (KmsException failure) {
                throw before.updateAndGet(known -> worthTelling(known, failure));
            }
        });
    }

    /** Where it was not even asked again, what tells more is why it had to be. */
    private static KmsException worthTelling(@Nullable KmsException before, KmsException failure) {
        return before != null && failure.reason() == Reason.HELD_BACK ? before : failure;
    }

    private <R extends KmsResponse> Answer write(Turn turn, Operation operation, String subject, Request<R> request) {
        return new Answer(requestId(ask(turn, operation, subject, request)), null);
    }

    private <R extends KmsResponse> R ask(Turn turn, Operation operation, String subject, Request<R> request) {
        var target = turn.target().name();
        try {
            var answer = call(turn, operation, request);
            log.info("{} {} in {}: accepted, request id {}", operation, subject, target, requestId(answer));
            return answer;
        } catch (KmsException failure) {
            log.warn(
                    "{} {} in {}: {}, {}{}",
                    operation,
                    subject,
                    target,
                    failure.code(),
                    failure.getMessage(),
                    failure.requestId() == null ? "" : ", request id " + failure.requestId());
            throw failure;
        }
    }

    private <R> R call(Turn turn, Operation operation, Request<R> request) {
        var target = turn.target();
        try {
            var answer = guards.guarded(
                    target,
                    operation,
                    () -> calling.call(
                            turn,
                            operation.action(),
                            request.properties(),
                            call -> request.to(clients.kms(target), call)));
            count(target, operation, "OK");
            return answer;
        } catch (KmsException failure) {
            count(target, operation, failure.reason().name());
            throw failure;
        }
    }

    private void count(Target target, Operation operation, String result) {
        meters.counter(
                        "keystores.kms.calls",
                        "operation",
                        operation.name(),
                        "result",
                        result,
                        "target",
                        labels.of(target))
                .increment();
    }

    private static @Nullable String requestId(AwsResponse answer) {
        return answer.responseMetadata() instanceof AwsResponseMetadata metadata ? metadata.requestId() : null;
    }

    /** One request to KMS, with the credentials and the time-out of its turn. */
    @FunctionalInterface
    private interface Request<R> {

        R to(KmsClient kms, AwsRequestOverrideConfiguration call);

        /** What it gives KMS. */
        default OpenProperties properties() {
            return OpenProperties.NONE;
        }
    }

    private record Giving<R>(OpenProperties properties, Request<R> request) implements Request<R> {

        @Override
        public R to(KmsClient kms, AwsRequestOverrideConfiguration call) {
            return request.to(kms, call);
        }
    }

    /**
     * What KMS said to a write it took.
     *
     * @param requestId by which AWS support and CloudTrail find the call
     * @param created the id of a new store
     */
    public record Answer(
            @Nullable String requestId, @Nullable KeyStoreId created) {}
}
