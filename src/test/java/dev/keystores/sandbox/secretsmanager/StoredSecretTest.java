package dev.keystores.sandbox.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.data.Secret;
import dev.keystores.sandbox.wire.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredSecretTest {

    private static final SecretId ID = SecretId.ofName("mine", new Scope("111122223333", "eu-central-1"));

    @Test
    void saysNothingOfItsValues() {
        StoredSecret secret = StoredSecret.fresh(ID)
                .with(new Version("1", new SecretValue(new Secret("hunter2"), null), Instant.EPOCH), List.of("a"))
                .with(new Version("2", new SecretValue(null, new Secret("hunter2")), Instant.EPOCH), List.of("b"));

        assertThat(secret.toString()).contains("secret:mine", "(secret)").doesNotContain("hunter2");
    }

    @Test
    void hasTheCurrentAndThePreviousVersionAndThoseWithALabelOfTheirOwn() {
        StoredSecret secret = StoredSecret.fresh(ID);
        for (String id : List.of("1", "2", "3", "4")) {
            secret = secret.with(version(id), id.equals("2") ? List.of("mine") : List.of(StoredSecret.CURRENT));
        }

        assertThat(secret.byLabel())
                .isEqualTo(Map.of("AWSCURRENT", version("4"), "AWSPREVIOUS", version("3"), "mine", version("2")));
        assertThat(secret.version("1")).isEmpty();
    }

    private static Version version(String id) {
        return new Version(id, new SecretValue(new Secret("value " + id), null), Instant.EPOCH);
    }
}
