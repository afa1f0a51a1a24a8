package dev.keystores.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a store needs a person: the rules of its health. */
class TroubleTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration GRACE = Duration.ofSeconds(30);

    @ParameterizedTest(name = "{0} for {2} s, wanted {1}, gone {3}, job {4}: {5}")
    @CsvSource({
        "CONNECTED,     ,             99, false, ,    NONE",
        "CONNECTED,     CONNECTED,    99, false, ,    NONE",
        "CONNECTED,     DISCONNECTED, 99, false, ,    NONE",
        "CONNECTING,    ,             99, false, ,    MOVING",
        "CONNECTING,    CONNECTED,    99, false, ,    MOVING",
        "DISCONNECTED,  ,             99, false, ,    NONE",
        "DISCONNECTED,  DISCONNECTED, 99, false, ,    NONE",
        "DISCONNECTED,  CONNECTED,    30, false, ,    NONE",
        "DISCONNECTED,  CONNECTED,    31, false, ,    BROKEN",
        "DISCONNECTED,  CONNECTED,    99, false, job, MOVING",
        "DISCONNECTING, ,             1,  false, ,    MOVING",
        "DISCONNECTING, DISCONNECTED, 1,  false, ,    MOVING",
        "DISCONNECTING, CONNECTED,    1,  false, ,    BROKEN",
        "DISCONNECTING, CONNECTED,    1,  false, job, MOVING",
        "FAILED,        ,             1,  false, ,    BROKEN",
        "FAILED,        CONNECTED,    1,  false, ,    BROKEN",
        "FAILED,        DISCONNECTED, 1,  false, ,    FAILED",
        "FAILED,        CONNECTED,    1,  false, job, FAILED",
        "FAILED,        ,             1,  false, job, FAILED",
        "DISCONNECTED,  CONNECTED,    1,  true,  ,    BROKEN",
        "DISCONNECTED,  ,             1,  true,  ,    NONE",
        "FAILED,        ,             1,  true,  ,    NONE",
        "DISCONNECTED,  DISCONNECTED, 1,  true,  ,    NONE"
    })
    void tellsHowMuchAStoreNeedsAPerson(
            ConnectionState state,
            ConnectionState wanted,
            long seconds,
            boolean gone,
            String activeJob,
            Trouble expected) {
        var code = state == ConnectionState.FAILED ? "USER_LOGGED_IN" : null;
        var keyStore = new KeyStore(
                new KeyStoreId("cks-1234567890abcdef0"),
                "payments-hsm",
                KeyStoreType.AWS_CLOUDHSM,
                state,
                code,
                NOW,
                new Configuration.CloudHsm("cluster-payments", null));
        var seen = new SeenKeyStore(
                "prod-eu", keyStore, NOW.minusSeconds(seconds), true, NOW, gone, wanted, activeJob, code, null, 1);

        assertThat(Trouble.of(seen, GRACE, NOW)).isEqualTo(expected);
    }
}
