package dev.keystores.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.keystore.Remedy.Retry;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each code asks for; the table is written by hand from the KMS documentation, not from the code. */
class ConnectionErrorCodeTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            NETWORK_ERRORS,                                 ,                   LATER,
            INTERNAL_ERROR,                                 ,                   LATER,
            CLUSTER_NOT_FOUND,                              ,                   NEVER,     cloudHsmClusterId
            INSUFFICIENT_CLOUDHSM_HSMS,                     ,                   AFTER_FIX,
            INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET,          ,                   AFTER_FIX,
            INVALID_CREDENTIALS,                            AWS_CLOUDHSM,       NEVER,     keyStorePassword
            INVALID_CREDENTIALS,                            EXTERNAL_KEY_STORE, NEVER,     xksProxyAuthenticationCredential
            SUBNET_NOT_FOUND,                               ,                   NEVER,     cloudHsmClusterId
            USER_LOCKED_OUT,                                ,                   NEVER,     keyStorePassword
            USER_LOGGED_IN,                                 ,                   AFTER_FIX,
            USER_NOT_FOUND,                                 ,                   NEVER,     keyStorePassword
            XKS_PROXY_ACCESS_DENIED,                        ,                   AFTER_FIX,
            XKS_PROXY_INVALID_CONFIGURATION,                ,                   NEVER,     xksProxyUriPath
            XKS_PROXY_INVALID_RESPONSE,                     ,                   LATER,
            XKS_PROXY_INVALID_TLS_CONFIGURATION,            ,                   AFTER_FIX,
            XKS_PROXY_NOT_REACHABLE,                        ,                   LATER,
            XKS_PROXY_TIMED_OUT,                            ,                   LATER,
            XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION, ,                   AFTER_FIX,
            XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND,             ,                   AFTER_FIX,
            """)
    void saysWhetherToRetryAndWhatNeedsAnUpdate(
            String code, @Nullable KeyStoreType only, Retry retry, @Nullable String needsUpdate) {
        var types = only == null ? List.of(KeyStoreType.values()) : List.of(only);

        assertThat(types).allSatisfy(type -> {
            var remedy = Remedy.of(code, type);
            assertThat(remedy.retry()).isEqualTo(retry);
            assertThat(remedy.needsUpdate())
                    .isEqualTo(Stream.ofNullable(needsUpdate).toList());
        });
    }

    @Test
    void knowsExactlyTheEighteenOfKms() {
        assertThat(ConnectionErrorCode.values())
                .extracting(ConnectionErrorCode::name)
                .containsExactlyInAnyOrder(
                        "NETWORK_ERRORS",
                        "INTERNAL_ERROR",
                        "CLUSTER_NOT_FOUND",
                        "INSUFFICIENT_CLOUDHSM_HSMS",
                        "INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET",
                        "INVALID_CREDENTIALS",
                        "SUBNET_NOT_FOUND",
                        "USER_LOCKED_OUT",
                        "USER_LOGGED_IN",
                        "USER_NOT_FOUND",
                        "XKS_PROXY_ACCESS_DENIED",
                        "XKS_PROXY_INVALID_CONFIGURATION",
                        "XKS_PROXY_INVALID_RESPONSE",
                        "XKS_PROXY_INVALID_TLS_CONFIGURATION",
                        "XKS_PROXY_NOT_REACHABLE",
                        "XKS_PROXY_TIMED_OUT",
                        "XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION",
                        "XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND");
    }

    @Test
    void curesWrongCredentialsWhereTheTypeKeepsThem() {
        assertThat(stepsOf(ConnectionErrorCode.INVALID_CREDENTIALS, KeyStoreType.AWS_CLOUDHSM))
                .anyMatch(step -> step.contains("user change-password --username kmsuser --role crypto-user"))
                .noneMatch(step -> step.contains("proxy"));
        assertThat(stepsOf(ConnectionErrorCode.INVALID_CREDENTIALS, KeyStoreType.EXTERNAL_KEY_STORE))
                .anyMatch(step -> step.contains("AccessKeyId=") && step.contains("RawSecretAccessKey="))
                .noneMatch(step -> step.contains("kmsuser"));
    }

    @Test
    void curesNetworkErrorsOnTheWayThatTheTypeTakes() {
        assertThat(stepsOf(ConnectionErrorCode.NETWORK_ERRORS, KeyStoreType.AWS_CLOUDHSM))
                .anyMatch(step -> step.contains("2223-2225"))
                .noneMatch(step -> step.contains("443"));
        assertThat(stepsOf(ConnectionErrorCode.NETWORK_ERRORS, KeyStoreType.EXTERNAL_KEY_STORE))
                .anyMatch(step -> step.contains("443"))
                .noneMatch(step -> step.contains("2223"));
    }

    @Test
    void warnsThatATryWithTheWrongPasswordDoesHarm() {
        var remedy = ConnectionErrorCode.INVALID_CREDENTIALS.remedy(KeyStoreType.AWS_CLOUDHSM);

        assertThat(remedy.cause()).contains("five wrong log-ins lock kmsuser");
    }

    @Test
    void wantsOneHsmToConnectAndNotTwo() {
        var remedy = ConnectionErrorCode.INSUFFICIENT_CLOUDHSM_HSMS.remedy(KeyStoreType.AWS_CLOUDHSM);

        assertThat(remedy.cause()).contains("One is enough to connect");
        assertThat(Remedies.all().flatMap(Remedies::texts).flatMap(text -> Arrays.stream(text.split("[.;:]"))))
                .filteredOn(clause -> clause.matches("(?i).*\\b(two|2|both|second)\\b.*"))
                .noneMatch(clause -> clause.matches("(?i).*\\b(re)?connect.*"));
    }

    private static List<String> stepsOf(ConnectionErrorCode code, KeyStoreType type) {
        return code.remedy(type).steps();
    }
}
