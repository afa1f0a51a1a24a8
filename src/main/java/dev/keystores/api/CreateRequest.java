package dev.keystores.api;

import dev.keystores.job.Change;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.keystore.PropertyRules;
import dev.keystores.keystore.Secret;
import dev.keystores.keystore.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A new key store. Which properties it takes depends on its type and, for an external key store, its connectivity.
 *
 * @param target where it is to be
 * @param name 1 to 256 characters, which no other key store of the account and Region has
 * @param type what it is to be
 * @param cloudHsmClusterId of a CloudHSM key store: a cluster that no other key store uses
 * @param trustAnchorCertificate of a CloudHSM key store: the content of the cluster's {@code customerCA.crt}
 * @param keyStorePassword of a CloudHSM key store: the password of {@code kmsuser}, 7 to 32 characters
 * @param xksProxyConnectivity of an external key store: {@code PUBLIC_ENDPOINT} or {@code VPC_ENDPOINT_SERVICE}
 * @param xksProxyUriEndpoint of an external key store: {@code https://} and a host name
 * @param xksProxyUriPath of an external key store: {@code /kms/xks/v1}, maybe after a prefix
 * @param xksProxyAuthenticationCredential of an external key store: by which the proxy knows KMS
 * @param xksProxyVpcEndpointServiceName of one behind a VPC endpoint service: its name
 * @param xksProxyVpcEndpointServiceOwner of one behind the VPC endpoint service of another account: that account
 * @param connect whether it is connected then
 * @param reason why, at most 500 characters
 * @param timeout an ISO-8601 duration, {@code PT1S} to {@code P7D}
 */
record CreateRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String target,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        KeyStoreType type,

        @Nullable String cloudHsmClusterId,
        @Nullable String trustAnchorCertificate,
        @Nullable SecretRequest keyStorePassword,
        @Nullable String xksProxyConnectivity,
        @Nullable String xksProxyUriEndpoint,
        @Nullable String xksProxyUriPath,
        @Nullable CredentialRequest xksProxyAuthenticationCredential,
        @Nullable String xksProxyVpcEndpointServiceName,
        @Nullable String xksProxyVpcEndpointServiceOwner,
        @Nullable Boolean connect,
        @Nullable String reason,
        @Nullable String timeout)
        implements PropertiesRequest {

    List<Violation> violations(Function<Secret, Optional<String>> secretRule) {
        var violations = new ArrayList<Violation>();
        if (target == null) {
            violations.add(new Violation("target", "must be given"));
        }
        if (type == null) {
            violations.add(new Violation("type", "must be given"));
        }
        violations.addAll(PropertiesRequest.violations(this));
        var known = violations.stream().map(Violation::field).toList();
        PropertyRules.ofNew(type, PropertiesRequest.properties(this), secretRule).stream()
                .filter(violation -> !known.contains(violation.field()))
                .forEach(violations::add);
        violations.addAll(new ChangeRequest(reason, timeout).violations());
        return violations;
    }

    Change.Create change() {
        return new Change.Create(
                Objects.requireNonNull(type), PropertiesRequest.properties(this), Boolean.TRUE.equals(connect));
    }
}
