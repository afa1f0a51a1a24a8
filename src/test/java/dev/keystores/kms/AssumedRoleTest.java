package dev.keystores.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keystores.job.Bench;
import dev.keystores.job.Place;
import dev.keystores.job.RunningService;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.sandbox.kms.CallCount;
import dev.keystores.target.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Targets with a role in another account, which the sandbox really hands out. */
@RunningService
class AssumedRoleTest {

    private static final AtomicInteger number = new AtomicInteger();

    @Autowired
    private KmsGateway kms;

    @Autowired
    private Clients clients;

    @Autowired
    private Bench bench;

    private Place place;
    private String role;

    @BeforeEach
    void freshAccount() {
        place = bench.fresh();
        role = "arn:aws:iam::%s:role/key-stores"
                .formatted(place.target().knownAccount().orElseThrow());
    }

    @Test
    void seesTheStoresOfTheRolesAccount() {
        var id = place.created(place.onCluster('A'));

        assertThat(kms.describe(turn(assuming(null))).keyStores())
                .extracting(KeyStore::id)
                .containsExactly(id);
    }

    @Test
    void asksStsWhoItIsInTheSandboxToo() {
        var turn = turn(assuming(null));

        var identity = clients.sts(turn.target())
                .getCallerIdentity(request -> request.overrideConfiguration(clients.call(turn)));

        assertThat(identity.arn())
                .isEqualTo("arn:aws:sts::%s:assumed-role/key-stores/ksc-poll"
                        .formatted(place.target().knownAccount().orElseThrow()));
    }

    @Test
    void namesTheJobWhoseCallItIs() {
        var turn = turn(assuming(null)).of("0199-a-job");

        var identity = clients.sts(turn.target())
                .getCallerIdentity(request -> request.overrideConfiguration(clients.call(turn)));

        assertThat(identity.arn()).endsWith(":assumed-role/key-stores/ksc-0199-a-job");
    }

    @Test
    void keepsTheCredentialsOfItsLooks() {
        var turn = turn(assuming(null));
        kms.describe(turn);
        place.control().role(role).deny();

        assertThat(kms.describe(turn).keyStores()).isEmpty();

        assertThat(catchThrowableOfType(KmsException.class, () -> kms.describe(turn.of("a-job")))
                        .reason())
                .isEqualTo(Reason.ACCESS_DENIED);
    }

    @Test
    void takesNoCredentialsOfATargetThatHasChanged() {
        var before = assuming("of-ours");
        place.control().role(role).externalId("of-ours");
        kms.describe(turn(before));

        denied(new Target(before.name(), before.region(), role, "of-others", before.endpoint(), null));
    }

    @Test
    void handsOnTheExternalId() {
        place.control().role(role).externalId("of-ours");

        assertThat(kms.describe(turn(assuming("of-ours"))).keyStores()).isEmpty();
    }

    @Test
    void isDeniedWithoutTheRightExternalId() {
        place.control().role(role).externalId("of-ours");

        denied(assuming("of-others"));
        denied(assuming(null));
    }

    @Test
    void seesTheStoresAgainOnceTheRoleIsAllowed() {
        var target = assuming(null);
        place.control().role(role).deny();
        denied(target);

        place.control().role(role).allow();

        assertThat(kms.describe(turn(target)).keyStores()).isEmpty();
    }

    /** Nothing was asked of KMS then, and may be once STS answers. */
    @Test
    void knowsThatNothingWasAskedWhereStsBreaksOff() throws IOException {
        try (var broken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> hangUp(broken));
            var target = new Target(
                    "broken-" + number.incrementAndGet(),
                    "eu-central-1",
                    role,
                    null,
                    URI.create("http://127.0.0.1:" + broken.getLocalPort()),
                    null);

            var failure = catchThrowableOfType(
                    KmsException.class,
                    () -> kms.connect(turn(target).of("a-job"), new KeyStoreId("cks-0123456789abcdef0")));

            assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure).hasMessageContaining("STS did not answer for target " + target.name());
        }
    }

    private static void hangUp(ServerSocket server) {
        try {
            while (true) {
                try (var caller = server.accept()) {
                    caller.getInputStream().read();
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void denied(Target target) {
        var before = calls().total();

        var failure = catchThrowableOfType(KmsException.class, () -> kms.describe(turn(target)));

        assertThat(failure.reason()).isEqualTo(Reason.ACCESS_DENIED);
        assertThat(failure.code()).isEqualTo("AccessDenied");
        assertThat(failure).hasMessageContaining("may not do sts:AssumeRole on " + role);
        assertThat(failure.requestId()).isNotBlank();
        assertThat(calls().total()).isEqualTo(before);
    }

    private static Turn turn(Target target) {
        return new Turn(target, Lease.lasting(Duration.ofMinutes(1)));
    }

    private CallCount calls() {
        return place.calls(Operation.DescribeCustomKeyStores);
    }

    private Target assuming(@Nullable String externalId) {
        var name = "assuming-" + number.incrementAndGet();
        return new Target(name, place.target().region(), role, externalId, place.endpoint(), null);
    }
}
