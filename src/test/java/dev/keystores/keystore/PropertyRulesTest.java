package dev.keystores.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of the KMS API Reference, property by property, and which of them go together. */
class PropertyRulesTest {

    private static final Function<Secret, Optional<String>> ANY_SECRET = secret -> Optional.empty();

    private static final KeyStoreProperties HSM = KeyStoreProperties.NONE
            .with(Property.NAME, "payments")
            .with(Property.CLOUD_HSM_CLUSTER_ID, "cluster-1a23b4cdefg".replace('1', '2'))
            .with(Property.TRUST_ANCHOR_CERTIFICATE, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")
            .with(Property.KEY_STORE_PASSWORD, new Secret.Given("kmsPassword1"));

    private static final KeyStoreProperties PUBLIC = KeyStoreProperties.NONE
            .with(Property.NAME, "payments")
            .with(Property.XKS_PROXY_CONNECTIVITY, "PUBLIC_ENDPOINT")
            .with(Property.XKS_PROXY_URI_ENDPOINT, "https://xks.example.com")
            .with(Property.XKS_PROXY_URI_PATH, "/kms/xks/v1")
            .with(Property.XKS_PROXY_ACCESS_KEY_ID, "ABCDEFGHIJKLMNOPQRST")
            .with(Property.XKS_PROXY_RAW_SECRET_ACCESS_KEY, new Secret.Given("s".repeat(43)));

    private static final KeyStoreProperties VPC = PUBLIC.with(Property.XKS_PROXY_CONNECTIVITY, "VPC_ENDPOINT_SERVICE")
            .with(
                    Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME,
                    "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0");

    static Stream<Arguments> wholes() {
        return Stream.of(
                Arguments.of(KeyStoreType.AWS_CLOUDHSM, HSM),
                Arguments.of(KeyStoreType.EXTERNAL_KEY_STORE, PUBLIC),
                Arguments.of(KeyStoreType.EXTERNAL_KEY_STORE, VPC));
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void takesWhatIsWhole(KeyStoreType type, KeyStoreProperties whole) {
        assertThat(PropertyRules.ofNew(type, whole, ANY_SECRET)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void missesEachThatANewStoreNeeds(KeyStoreType type, KeyStoreProperties whole) {
        for (var property : whole.given()) {
            var without = property.secret() ? whole.with(property, (Secret) null) : whole.with(property, (String) null);

            assertThat(PropertyRules.ofNew(type, without, ANY_SECRET))
                    .as(property.field())
                    .contains(new Violation(property.field(), "must be given"));
        }
    }

    @Test
    void saysEverythingThatIsMissingAtOnce() {
        assertThat(PropertyRules.ofNew(KeyStoreType.AWS_CLOUDHSM, KeyStoreProperties.NONE, ANY_SECRET))
                .extracting(Violation::field)
                .containsExactly("name", "cloudHsmClusterId", "trustAnchorCertificate", "keyStorePassword");
        assertThat(PropertyRules.ofNew(KeyStoreType.EXTERNAL_KEY_STORE, KeyStoreProperties.NONE, ANY_SECRET))
                .extracting(Violation::field)
                .containsExactly(
                        "name",
                        "xksProxyConnectivity",
                        "xksProxyUriEndpoint",
                        "xksProxyUriPath",
                        "xksProxyAuthenticationCredential.accessKeyId",
                        "xksProxyAuthenticationCredential.rawSecretAccessKey");
    }

    @ParameterizedTest
    @EnumSource(Property.class)
    void refusesWhatBelongsToTheOtherType(Property property) {
        var type = property.belongsTo(KeyStoreType.AWS_CLOUDHSM)
                ? KeyStoreType.EXTERNAL_KEY_STORE
                : KeyStoreType.AWS_CLOUDHSM;
        var other = property.secret()
                ? KeyStoreProperties.NONE.with(property, new Secret.Given("x"))
                : KeyStoreProperties.NONE.with(property, "x");

        var about = PropertyRules.ofNew(type, other, ANY_SECRET).stream()
                .filter(violation -> violation.field().equals(property.field()))
                .map(Violation::rule);

        if (property == Property.NAME) {
            assertThat(about).isEmpty();
        } else {
            assertThat(about).containsExactly("belongs to no key store of type " + type);
        }
    }

    @Test
    void wantsTheServiceForItsConnectivityAndForNoOther() {
        var withoutService = VPC.with(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME, (String) null);
        var withService = PUBLIC.with(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER, "111122223333")
                .with(
                        Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME,
                        VPC.value(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME));

        assertThat(PropertyRules.ofNew(KeyStoreType.EXTERNAL_KEY_STORE, withoutService, ANY_SECRET))
                .containsExactly(new Violation("xksProxyVpcEndpointServiceName", "must be given"));
        assertThat(PropertyRules.ofNew(KeyStoreType.EXTERNAL_KEY_STORE, withService, ANY_SECRET))
                .extracting(Violation::toString)
                .containsExactly(
                        "xksProxyVpcEndpointServiceName: belongs to xksProxyConnectivity VPC_ENDPOINT_SERVICE alone",
                        "xksProxyVpcEndpointServiceOwner: belongs to xksProxyConnectivity VPC_ENDPOINT_SERVICE alone");
    }

    /** Shortest and longest ones that KMS takes; %12 repeats the character before it 12 times. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            name,                                                a
            name,                                                ä%256
            cloudHsmClusterId,                                   cluster-a%11
            cloudHsmClusterId,                                   cluster-Z%16
            trustAnchorCertificate,                              x
            trustAnchorCertificate,                              x%5000
            keyStorePassword,                                    x%7
            keyStorePassword,                                    x%32
            xksProxyConnectivity,                                PUBLIC_ENDPOINT
            xksProxyConnectivity,                                VPC_ENDPOINT_SERVICE
            xksProxyUriEndpoint,                                 https://x.
            xksProxyUriEndpoint,                                 https://x%120
            xksProxyUriPath,                                     /kms/xks/v1
            xksProxyUriPath,                                     /kms/xks/v12
            xksProxyUriPath,                                     /x%116/kms/xks/v1
            xksProxyUriPath,                                     /a-b_c/d/kms/xks/v1
            xksProxyAuthenticationCredential.accessKeyId,        A%20
            xksProxyAuthenticationCredential.accessKeyId,        7%30
            xksProxyAuthenticationCredential.rawSecretAccessKey, /%43
            xksProxyAuthenticationCredential.rawSecretAccessKey, =%64
            xksProxyVpcEndpointServiceName,                      com.amazonaws.vpce.us-gov-west-1.vpce-svc-0
            xksProxyVpcEndpointServiceName,                      eu.amazonaws.vpce.eusc-de-east-1.vpce-svc-0
            xksProxyVpcEndpointServiceOwner,                     111122223333
            """)
    void takesTheShortestAndTheLongest(String field, String value) {
        assertThat(Property.of(field).orElseThrow().brokenBy(repeated(value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            name,                                                ''
            name,                                                ' '
            name,                                                x%257
            cloudHsmClusterId,                                   cluster-a%10
            cloudHsmClusterId,                                   cluster-a%17
            cloudHsmClusterId,                                   cluster-a%10.1
            cloudHsmClusterId,                                   cloister-a%11
            trustAnchorCertificate,                              ''
            trustAnchorCertificate,                              x%5001
            trustAnchorCertificate,                              ä
            keyStorePassword,                                    x%6
            keyStorePassword,                                    x%33
            xksProxyConnectivity,                                public_endpoint
            xksProxyConnectivity,                                ''
            xksProxyUriEndpoint,                                 https://x
            xksProxyUriEndpoint,                                 https://x%121
            xksProxyUriEndpoint,                                 http://x.example.com
            xksProxyUriEndpoint,                                 https://x.example.com:443
            xksProxyUriEndpoint,                                 https://x.example.com/
            xksProxyUriPath,                                     /kms/xks/v
            xksProxyUriPath,                                     /kms/xks/v123
            xksProxyUriPath,                                     /kms/xks/v1/
            xksProxyUriPath,                                     kms/xks/v12
            xksProxyUriPath,                                     /a.b/kms/xks/v1
            xksProxyUriPath,                                     /x%117/kms/xks/v1
            xksProxyAuthenticationCredential.accessKeyId,        A%19
            xksProxyAuthenticationCredential.accessKeyId,        A%31
            xksProxyAuthenticationCredential.accessKeyId,        a%20
            xksProxyAuthenticationCredential.accessKeyId,        1%20
            xksProxyAuthenticationCredential.rawSecretAccessKey, x%42
            xksProxyAuthenticationCredential.rawSecretAccessKey, x%65
            xksProxyAuthenticationCredential.rawSecretAccessKey, -%43
            xksProxyVpcEndpointServiceName,                      vpce-svc-0123456789abcdef0
            xksProxyVpcEndpointServiceName,                      com.amazonaws.vpce.eu-central-1.vpce-svc-X
            xksProxyVpcEndpointServiceName,                      com.amazonaws.vpce.eu-central-1.vpce-svc-0%40
            xksProxyVpcEndpointServiceOwner,                     11112222333
            xksProxyVpcEndpointServiceOwner,                     1111222233334
            xksProxyVpcEndpointServiceOwner,                     11112222333x
            """)
    void refusesWhatIsOneTooShortOrTooLongOrOfAnotherShape(String field, String value) {
        assertThat(Property.of(field).orElseThrow().brokenBy(repeated(value)))
                .hasValueSatisfying(rule -> assertThat(rule).startsWith("must be "));
    }

    @ParameterizedTest
    @EnumSource(value = Property.class, names = "TRUST_ANCHOR_CERTIFICATE", mode = EnumSource.Mode.EXCLUDE)
    void takesNoControlCharacters(Property property) {
        assertThat(property.brokenBy("pay\nments\u0000pay\nments\u0000")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\u0000b", "\u0000", "\u001b", "a\nb", "a\ud800b", "\ud800", "a\u007f", "a\u0085b", "\u009b31m"
            })
    void takesNotOneControlCharacterInANameOrAPassword(String odd) {
        assertThat(Property.NAME.brokenBy(odd)).isPresent();
        assertThat(Property.KEY_STORE_PASSWORD.brokenBy("kmsPassword" + odd)).isPresent();
    }

    /** KMS API Reference, UpdateCustomKeyStore: what it says of each parameter. */
    @Test
    void knowsWhatKmsTakesOnlyOfADisconnectedStore() {
        assertThat(Stream.of(Property.values())
                        .filter(Property::needsDisconnect)
                        .map(Property::field))
                .containsExactly(
                        "cloudHsmClusterId",
                        "trustAnchorCertificate",
                        "keyStorePassword",
                        "xksProxyConnectivity",
                        "xksProxyUriEndpoint",
                        "xksProxyVpcEndpointServiceName",
                        "xksProxyVpcEndpointServiceOwner");
    }

    @Test
    void neverRepeatsASecretInItsRule() {
        var rule = Property.KEY_STORE_PASSWORD.brokenBy("hunter").orElseThrow();

        assertThat(rule).isEqualTo("must be 7 to 32 characters: text without control characters");
    }

    @Test
    void wantsBothHalvesOfACredentialToChangeIt() {
        var half = KeyStoreProperties.NONE.with(Property.XKS_PROXY_ACCESS_KEY_ID, "ABCDEFGHIJKLMNOPQRST");
        var otherHalf = KeyStoreProperties.NONE.with(
                Property.XKS_PROXY_RAW_SECRET_ACCESS_KEY, new Secret.Given("s".repeat(43)));

        assertThat(change("PUBLIC_ENDPOINT", half))
                .containsExactly("xksProxyAuthenticationCredential.rawSecretAccessKey: must be given");
        assertThat(change("PUBLIC_ENDPOINT", otherHalf))
                .containsExactly("xksProxyAuthenticationCredential.accessKeyId: must be given");
    }

    @Test
    void wantsAllThatTheOtherConnectivityNeeds() {
        var toVpc = KeyStoreProperties.NONE.with(Property.XKS_PROXY_CONNECTIVITY, "VPC_ENDPOINT_SERVICE");
        var toPublic = KeyStoreProperties.NONE.with(Property.XKS_PROXY_CONNECTIVITY, "PUBLIC_ENDPOINT");

        assertThat(change("PUBLIC_ENDPOINT", toVpc))
                .containsExactly("xksProxyUriEndpoint: must be given", "xksProxyVpcEndpointServiceName: must be given");
        assertThat(change("VPC_ENDPOINT_SERVICE", toPublic)).containsExactly("xksProxyUriEndpoint: must be given");
        assertThat(change("VPC_ENDPOINT_SERVICE", toVpc)).isEmpty();
    }

    @Test
    void givesAServiceToNoStoreWithAPublicEndpoint() {
        var owner = KeyStoreProperties.NONE.with(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER, "111122223333");

        assertThat(change("PUBLIC_ENDPOINT", owner))
                .containsExactly(
                        "xksProxyVpcEndpointServiceOwner: belongs to xksProxyConnectivity VPC_ENDPOINT_SERVICE alone");
        assertThat(change("VPC_ENDPOINT_SERVICE", owner)).isEmpty();
    }

    @Test
    void neverChangesATrustAnchor() {
        var anchor = KeyStoreProperties.NONE.with(Property.TRUST_ANCHOR_CERTIFICATE, "PEM");
        var hsm = new KeyStore(
                new KeyStoreId("cks-1"),
                "hsm",
                KeyStoreType.AWS_CLOUDHSM,
                ConnectionState.DISCONNECTED,
                null,
                null,
                new Configuration.CloudHsm("cluster-2", "PEM"));

        assertThat(PropertyRules.ofChange(hsm, anchor, ANY_SECRET))
                .containsExactly(new Violation(
                        "trustAnchorCertificate", "can't be changed: it is given when a key store is created"));
    }

    @Test
    void asksWhoeverKnowsAboutTheWayASecretIsGiven() {
        var referred = HSM.with(Property.KEY_STORE_PASSWORD, new Secret.InFile("../out"));

        assertThat(PropertyRules.ofNew(KeyStoreType.AWS_CLOUDHSM, referred, secret -> Optional.of("is no file")))
                .containsExactly(new Violation("keyStorePassword", "is no file"));
    }

    @Test
    void tellsTheTypeOfNothingWhereNoTypeIsGiven() {
        assertThat(PropertyRules.ofNew(null, HSM, ANY_SECRET)).isEmpty();
    }

    @Test
    void knowsWhatIsShownWhateverTheLinesOfACertificate() {
        var anchor = HSM.value(Property.TRUST_ANCHOR_CERTIFICATE);
        var shown = new KeyStore(
                new KeyStoreId("cks-1"),
                "payments",
                KeyStoreType.AWS_CLOUDHSM,
                ConnectionState.DISCONNECTED,
                null,
                null,
                new Configuration.CloudHsm(
                        HSM.value(Property.CLOUD_HSM_CLUSTER_ID),
                        anchor.replace("\n", "\r\n").strip()));

        assertThat(HSM.areShownBy(shown)).isTrue();
        assertThat(HSM.with(Property.NAME, "Payments").areShownBy(shown)).isFalse();
        assertThat(HSM.with(Property.TRUST_ANCHOR_CERTIFICATE, anchor + "x").areShownBy(shown))
                .isFalse();
        assertThat(HSM.with(Property.XKS_PROXY_URI_PATH, "/kms/xks/v1").areShownBy(shown))
                .isFalse();
    }

    private static List<String> change(String connectivity, KeyStoreProperties given) {
        var external = new KeyStore(
                new KeyStoreId("cks-1"),
                "xks",
                KeyStoreType.EXTERNAL_KEY_STORE,
                ConnectionState.DISCONNECTED,
                null,
                null,
                new Configuration.ExternalKeyStore(connectivity, null, null, null, null, null));
        return PropertyRules.ofChange(external, given, ANY_SECRET).stream()
                .map(Violation::toString)
                .toList();
    }

    private static String repeated(String value) {
        var times = java.util.regex.Pattern.compile("(.)%(\\d+)").matcher(value);
        return times.replaceAll(found ->
                java.util.regex.Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
    }
}
