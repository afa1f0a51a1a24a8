package dev.keystores.kms;

import dev.keystores.keystore.KeyStoreId;
import dev.keystores.target.Target;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.AwsResponseMetadata;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.DescribeCustomKeyStoresResponse;
import software.amazon.awssdk.services.kms.model.KmsResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * The only door to KMS. Every call takes a permit of its quota, has an end, is counted, and fails with a
 * {@link KmsException} alone. Only {@link #describe} is repeated: a write is asked once, and its caller decides.
 */
@Component
public class KmsGateway {

    private static final Logger log = LoggerFactory.getLogger(KmsGateway.class);

    private final Clients clients;
    private final Guards guards;
    private final MeterRegistry meters;

    KmsGateway(Clients clients, Guards guards, MeterRegistry meters) {
        this.clients = clients;
        this.guards = guards;
        this.meters = meters;
    }

    /** The account that the target's credentials belong to, 12 digits; asked of STS unless the settings tell it. */
    public String account(Target target) {
        return target.knownAccount()
                .orElseGet(() -> translated(
                        target,
                        "sts:GetCallerIdentity",
                        () -> clients.sts(target).getCallerIdentity().account()));
    }

    /** Every key store of the target, all pages. */
    public Described describe(Target target) {
        var entries = new ArrayList<CustomKeyStoresListEntry>();
        String marker = null;
        do {
            var page = page(target, marker);
            entries.addAll(page.customKeyStores());
            marker = Boolean.TRUE.equals(page.truncated()) ? page.nextMarker() : null;
        } while (marker != null);
        return Described.of(entries);
    }

    /** Starts connecting; says nothing about the end. */
    public Answer connect(Target target, KeyStoreId id) {
        return write(
                target,
                Operation.ConnectCustomKeyStore,
                id.value(),
                kms -> kms.connectCustomKeyStore(request -> request.customKeyStoreId(id.value())));
    }

    /** Starts disconnecting; the store's keys are unusable from now on. */
    public Answer disconnect(Target target, KeyStoreId id) {
        return write(
                target,
                Operation.DisconnectCustomKeyStore,
                id.value(),
                kms -> kms.disconnectCustomKeyStore(request -> request.customKeyStoreId(id.value())));
    }

    /** Creates a store, which is DISCONNECTED then. */
    public KeyStoreId create(Target target, NewKeyStore keyStore) {
        var answer = ask(
                target,
                Operation.CreateCustomKeyStore,
                keyStore.name(),
                kms -> kms.createCustomKeyStore(keyStore.request()));
        return new KeyStoreId(answer.customKeyStoreId());
    }

    public Answer update(Target target, KeyStoreId id, KeyStoreUpdate update) {
        return write(
                target,
                Operation.UpdateCustomKeyStore,
                id.value(),
                kms -> kms.updateCustomKeyStore(update.request(id.value())));
    }

    /** Deletes a store without keys; leaves its cluster or proxy alone. */
    public Answer delete(Target target, KeyStoreId id) {
        return write(
                target,
                Operation.DeleteCustomKeyStore,
                id.value(),
                kms -> kms.deleteCustomKeyStore(request -> request.customKeyStoreId(id.value())));
    }

    private DescribeCustomKeyStoresResponse page(Target target, @Nullable String marker) {
        return guards.repeated(
                target,
                () -> call(
                        target,
                        Operation.DescribeCustomKeyStores,
                        kms -> kms.describeCustomKeyStores(request -> request.marker(marker))));
    }

    private <R extends KmsResponse> Answer write(
            Target target, Operation operation, String subject, Function<KmsClient, R> request) {
        return new Answer(requestId(ask(target, operation, subject, request)));
    }

    private <R extends KmsResponse> R ask(
            Target target, Operation operation, String subject, Function<KmsClient, R> request) {
        try {
            var answer = call(target, operation, request);
            log.info("{} {} in {}: accepted, request id {}", operation, subject, target.name(), requestId(answer));
            return answer;
        } catch (KmsException failure) {
            log.warn(
                    "{} {} in {}: {}, {}{}",
                    operation,
                    subject,
                    target.name(),
                    failure.code(),
                    failure.getMessage(),
                    failure.requestId() == null ? "" : ", request id " + failure.requestId());
            throw failure;
        }
    }

    private <R> R call(Target target, Operation operation, Function<KmsClient, R> request) {
        try {
            var answer = guards.guarded(
                    target,
                    operation,
                    () -> translated(target, operation.action(), () -> request.apply(clients.kms(target))));
            count(target, operation, "OK");
            return answer;
        } catch (KmsException failure) {
            count(target, operation, failure.reason().name());
            throw failure;
        }
    }

    private static <R> R translated(Target target, String action, Supplier<R> call) {
        try {
            return call.get();
        } catch (StsException role) {
            throw Failures.ofRole(role, target);
        } catch (AwsServiceException answer) {
            throw Failures.of(answer, action, target);
        } catch (SdkException noAnswer) {
            throw Failures.of(noAnswer, target);
        } catch (RuntimeException fault) {
            // Nothing that goes wrong with one target may end the looks at it: it shows, and is tried again.
            log.error("{} in {} broke off", action, target.name(), fault);
            throw Failures.brokenOff(fault, target);
        }
    }

    private void count(Target target, Operation operation, String result) {
        meters.counter("keystores.kms.calls", "operation", operation.name(), "result", result, "target", target.name())
                .increment();
    }

    private static @Nullable String requestId(AwsResponse answer) {
        return answer.responseMetadata() instanceof AwsResponseMetadata metadata ? metadata.requestId() : null;
    }

    /** What KMS said to a write it took: its request id, by which AWS support and CloudTrail find the call. */
    public record Answer(@Nullable String requestId) {}
}
