package dev.keystores.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStoreTest {

    private static final String LONGEST = "cks-567890123456789012345678901234567890123456789012345678901234";

    @Test
    void hasTheRemedyOfItsCodeForItsType() {
        var store = external(ConnectionState.FAILED, "INVALID_CREDENTIALS");

        assertThat(store.remedy())
                .hasValueSatisfying(
                        remedy -> assertThat(remedy.needsUpdate()).containsExactly("xksProxyAuthenticationCredential"));
    }

    @Test
    void hasNoRemedyWithoutACode() {
        assertThat(external(ConnectionState.CONNECTED, null).remedy()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "cks-1234567890abcdef0", LONGEST})
    void takesAnIdOfOneToSixtyFourCharacters(String id) {
        assertThat(new KeyStoreId(id)).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", LONGEST + "5"})
    void refusesAnyOtherId(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyStoreId(id))
                .withMessageContaining("64");
    }

    private static KeyStore external(ConnectionState state, @Nullable String code) {
        var configuration = new Configuration.ExternalKeyStore(null, null, null, null, null, null);
        var id = new KeyStoreId("cks-1234567890abcdef0");
        return new KeyStore(id, "payments", KeyStoreType.EXTERNAL_KEY_STORE, state, code, null, configuration);
    }
}
