package dev.keystores.kms;

import dev.keystores.keystore.KeyStoreId;
import dev.keystores.target.Target;
import dev.keystores.target.TargetLabels;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.AwsResponseMetadata;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.DescribeCustomKeyStoresRequest;
import software.amazon.awssdk.services.kms.model.DescribeCustomKeyStoresResponse;
import software.amazon.awssdk.services.kms.model.KmsResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * The only door to KMS. Every call belongs to a turn, takes a permit of its quota, has an end, is counted, and fails with a
 * {@link KmsException} alone. Only {@link #describe} is repeated: a write is asked once, and its caller decides.
 */
@Component
public class KmsGateway {

    private static final Logger log = LoggerFactory.getLogger(KmsGateway.class);

    private final Clients clients;
    private final Guards guards;
    private final MeterRegistry meters;
    private final TargetLabels labels;

    KmsGateway(Clients clients, Guards guards, MeterRegistry meters, TargetLabels labels) {
        this.clients = clients;
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
        return translated(
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
    public KeyStoreId create(Turn turn, NewKeyStore keyStore) {
        var answer = ask(
                turn,
                Operation.CreateCustomKeyStore,
                keyStore.name(),
                (kms, call) -> kms.createCustomKeyStore(keyStore.request().toBuilder()
                        .overrideConfiguration(call)
                        .build()));
        return new KeyStoreId(answer.customKeyStoreId());
    }

    public Answer update(Turn turn, KeyStoreId id, KeyStoreUpdate update) {
        return write(
                turn,
                Operation.UpdateCustomKeyStore,
                id.value(),
                (kms, call) -> kms.updateCustomKeyStore(update.request(id.value()).toBuilder()
                        .overrideConfiguration(call)
                        .build()));
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
        return new Answer(requestId(ask(turn, operation, subject, request)));
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
                    () -> translated(turn, operation.action(), call -> request.to(clients.kms(target), call)));
            count(target, operation, "OK");
            return answer;
        } catch (KmsException failure) {
            count(target, operation, failure.reason().name());
            throw failure;
        }
    }

    private <R> R translated(Turn turn, String action, Function<AwsRequestOverrideConfiguration, R> call) {
        var target = turn.target();
        try {
            return ScopedValue.where(LeasedHttp.LEASE, turn.lease()).call(() -> call.apply(prepared(turn)));
        } catch (KmsException notAsked) {
            throw notAsked;
        } catch (AwsServiceException answer) {
            throw Failures.of(answer, action, target);
        } catch (LeaseEnded | SdkException noAnswer) {
            throw Failures.of(noAnswer, target);
        } catch (RuntimeException fault) {
            // Nothing that goes wrong with one target may end the looks at it: it shows, and is tried again.
            log.error("{} in {} broke off", action, target.name(), fault);
            throw Failures.brokenOff(fault, target);
        }
    }

    /** For the credentials STS may have to be asked: whatever goes wrong there, nothing was asked of KMS. */
    private AwsRequestOverrideConfiguration prepared(Turn turn) {
        try {
            return clients.call(turn);
        } catch (StsException role) {
            throw Failures.ofRole(role, turn.target());
        } catch (LeaseEnded | SdkException noCredentials) {
            throw Failures.ofCredentials(noCredentials, turn.target());
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
    }

    /** What KMS said to a write it took: its request id, by which AWS support and CloudTrail find the call. */
    public record Answer(@Nullable String requestId) {}
}
