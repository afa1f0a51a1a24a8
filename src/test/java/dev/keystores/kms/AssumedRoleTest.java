package dev.keystores.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keystores.job.Bench;
import dev.keystores.job.Place;
import dev.keystores.job.RunningService;
import dev.keystores.keystore.KeyStore;
import dev.keystores.sandbox.kms.CallCount;
import dev.keystores.target.Target;
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
        var id = kms.create(place.target(), place.onCluster('A'));

        assertThat(kms.describe(assuming(null)).keyStores())
                .extracting(KeyStore::id)
                .containsExactly(id);
    }

    @Test
    void asksStsWhoItIsInTheSandboxToo() {
        var identity = clients.sts(assuming(null)).getCallerIdentity();

        assertThat(identity.arn())
                .isEqualTo("arn:aws:sts::%s:assumed-role/key-stores/ksc-poll"
                        .formatted(place.target().knownAccount().orElseThrow()));
    }

    @Test
    void handsOnTheExternalId() {
        place.control().role(role).externalId("of-ours");

        assertThat(kms.describe(assuming("of-ours")).keyStores()).isEmpty();
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

        assertThat(kms.describe(target).keyStores()).isEmpty();
    }

    private void denied(Target target) {
        var before = calls().total();

        var failure = catchThrowableOfType(KmsException.class, () -> kms.describe(target));

        assertThat(failure.reason()).isEqualTo(Reason.ACCESS_DENIED);
        assertThat(failure.code()).isEqualTo("AccessDenied");
        assertThat(failure).hasMessageContaining("may not do sts:AssumeRole on " + role);
        assertThat(failure.requestId()).isNotBlank();
        assertThat(calls().total()).isEqualTo(before);
    }

    private CallCount calls() {
        return place.calls(Operation.DescribeCustomKeyStores);
    }

    private Target assuming(@Nullable String externalId) {
        var name = "assuming-" + number.incrementAndGet();
        return new Target(name, place.target().region(), role, externalId, place.endpoint(), null);
    }
}
