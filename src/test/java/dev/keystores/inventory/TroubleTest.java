package dev.keystores.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreType;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a store needs a person: the rules of its health. */
class TroubleTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
            # wanted,     seen,          for,  gone,  job,  trouble
            CONNECTED,    FAILED,        PT1S, false, ,     BROKEN
            CONNECTED,    FAILED,        PT1S, false, job,  FAILED
            CONNECTED,    DISCONNECTING, PT1S, false, ,     BROKEN
            CONNECTED,    DISCONNECTED,  PT30S, false, ,    NONE
            CONNECTED,    DISCONNECTED,  PT31S, false, ,    BROKEN
            CONNECTED,    DISCONNECTED,  PT31S, false, job, MOVING
            CONNECTED,    CONNECTED,     PT9H, true,  ,     BROKEN
            CONNECTED,    CONNECTED,     PT9H, false, ,     NONE
            CONNECTED,    CONNECTING,    PT9H, false, ,     MOVING
            DISCONNECTED, FAILED,        PT9H, false, ,     FAILED
            DISCONNECTED, DISCONNECTED,  PT9H, false, ,     NONE
            DISCONNECTED, CONNECTED,     PT9H, true,  ,     NONE
            ,             FAILED,        PT1S, false, ,     BROKEN
            ,             DISCONNECTED,  PT9H, false, ,     NONE
            ,             CONNECTED,     PT9H, true,  ,     NONE
            """)
    void followsFromWhatIsWantedAndWhatIsSeen(
            @Nullable ConnectionState wanted,
            ConnectionState seen,
            Duration lasting,
            boolean gone,
            @Nullable String job,
            Trouble trouble) {
        var keyStore = new KeyStore(
                new KeyStoreId("cks-1"),
                "payments",
                KeyStoreType.AWS_CLOUDHSM,
                seen,
                null,
                NOW,
                new Configuration.CloudHsm(null));
        var store =
                new SeenKeyStore("prod-eu", keyStore, NOW.minus(lasting), true, NOW, gone, wanted, job, null, null, 1);

        assertThat(Trouble.of(store, Duration.ofSeconds(30), NOW)).isEqualTo(trouble);
    }
}
