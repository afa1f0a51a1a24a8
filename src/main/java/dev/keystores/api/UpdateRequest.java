package dev.keystores.api;

import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.PropertyRules;
import dev.keystores.keystore.Secret;
import dev.keystores.keystore.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * New values for some properties of a key store; the others stay as they are.
 *
 * @param name 1 to 256 characters, which no other key store of the account and Region has
 * @param cloudHsmClusterId of a CloudHSM key store: a cluster made from a backup of the present one
 * @param keyStorePassword of a CloudHSM key store: the password that {@code kmsuser} has now, 7 to 32 characters
 * @param xksProxyConnectivity of an external key store: {@code PUBLIC_ENDPOINT} or {@code VPC_ENDPOINT_SERVICE}, with all
 *     that belongs to it
 * @param xksProxyUriEndpoint of an external key store: {@code https://} and a host name
 * @param xksProxyUriPath of an external key store: {@code /kms/xks/v1}, maybe after a prefix
 * @param xksProxyAuthenticationCredential of an external key store: by which the proxy knows KMS
 * @param xksProxyVpcEndpointServiceName of one behind a VPC endpoint service: its name
 * @param xksProxyVpcEndpointServiceOwner of one behind the VPC endpoint service of another account: that account
 * @param reconnect whether it is disconnected for that, where it must be, and connected again; in a repair, whether a key
 *     store that is CONNECTED is disconnected and connected too
 * @param reason why, at most 500 characters
 * @param timeout an ISO-8601 duration, {@code PT1S} to {@code P7D}
 */
record UpdateRequest(
        @Nullable String name,
        @Nullable String cloudHsmClusterId,
        @Nullable SecretRequest keyStorePassword,
        @Nullable String xksProxyConnectivity,
        @Nullable String xksProxyUriEndpoint,
        @Nullable String xksProxyUriPath,
        @Nullable CredentialRequest xksProxyAuthenticationCredential,
        @Nullable String xksProxyVpcEndpointServiceName,
        @Nullable String xksProxyVpcEndpointServiceOwner,
        @Nullable Boolean reconnect,
        @Nullable String reason,
        @Nullable String timeout)
        implements PropertiesRequest {

    static final List<Violation> NOTHING =
            List.of(new Violation("the body", "must give at least one property that is to change"));

    List<Violation> violations(KeyStore keyStore, Function<Secret, Optional<String>> secretRule) {
        var violations = new ArrayList<Violation>(PropertiesRequest.violations(this));
        var known = violations.stream().map(Violation::field).toList();
        PropertyRules.ofChange(keyStore, properties(), secretRule).stream()
                .filter(violation -> !known.contains(violation.field()))
                .forEach(violations::add);
        violations.addAll(new ChangeRequest(reason, timeout).violations());
        return violations;
    }

    KeyStoreProperties properties() {
        return PropertiesRequest.properties(this);
    }

    boolean reconnects() {
        return Boolean.TRUE.equals(reconnect);
    }
}
