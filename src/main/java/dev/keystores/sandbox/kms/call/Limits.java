package dev.keystores.sandbox.kms.call;

import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.wire.Limit;
import dev.keystores.sandbox.wire.Members;
import java.util.List;
import java.util.Optional;

/** The members of the six operations and the limits the KMS API model sets on them. */
public final class Limits {

    public static final Limit STORE_ID = Limit.length("CustomKeyStoreId", 1, 64);
    public static final Limit NAME = Limit.length("CustomKeyStoreName", 1, 256);
    public static final Limit NEW_NAME = Limit.length("NewCustomKeyStoreName", 1, 256);
    public static final Limit CLUSTER_ID = Limit.shape("CloudHsmClusterId", 19, 24, "cluster-[2-7a-zA-Z]{11,16}");
    public static final Limit TRUST_ANCHOR = Limit.length("TrustAnchorCertificate", 1, 5000);
    public static final Limit PASSWORD = Limit.length("KeyStorePassword", 7, 32);
    public static final Limit URI_ENDPOINT = Limit.shape("XksProxyUriEndpoint", 10, 128, "https://[a-zA-Z0-9.-]+");
    public static final Limit URI_PATH =
            Limit.shape("XksProxyUriPath", 10, 128, "(/[a-zA-Z0-9/_-]+/kms/xks/v\\d{1,2})|(/kms/xks/v\\d{1,2})");
    public static final Limit SERVICE_NAME = Limit.shape(
            "XksProxyVpcEndpointServiceName",
            20,
            64,
            "(com|eu)\\.amazonaws\\.vpce\\.([a-z]+-){2,3}\\d+\\.vpce-svc-[0-9a-z]+");
    public static final Limit ANY_SERVICE_NAME = Limit.length(SERVICE_NAME.member(), 0, Integer.MAX_VALUE);
    public static final Limit SERVICE_OWNER = Limit.shape("XksProxyVpcEndpointServiceOwner", 12, 12, "\\d{12}");
    public static final Limit ACCESS_KEY_ID = Limit.shape("AccessKeyId", 20, 30, "[A-Z2-7]+");
    public static final Limit SECRET_KEY = Limit.shape("RawSecretAccessKey", 43, 64, "[a-zA-Z0-9/+=]+");
    public static final Limit MARKER = Limit.length("Marker", 1, 1024);
    public static final String CREDENTIAL = "XksProxyAuthenticationCredential";
    public static final String CONNECTIVITY = "XksProxyConnectivity";
    public static final String TYPE = "CustomKeyStoreType";

    /** What only a CloudHSM key store has. */
    public static final List<String> OF_CLOUDHSM =
            List.of(CLUSTER_ID.member(), TRUST_ANCHOR.member(), PASSWORD.member());

    /** What only an external key store has. */
    public static final List<String> OF_EXTERNAL = List.of(
            CONNECTIVITY,
            CREDENTIAL,
            URI_ENDPOINT.member(),
            URI_PATH.member(),
            SERVICE_NAME.member(),
            SERVICE_OWNER.member());

    /** What can't be changed while the store is connected (KMS API Reference, UpdateCustomKeyStore). */
    public static final List<String> NEED_DISCONNECTED = List.of(
            PASSWORD.member(),
            CLUSTER_ID.member(),
            CONNECTIVITY,
            URI_ENDPOINT.member(),
            SERVICE_NAME.member(),
            SERVICE_OWNER.member());

    private Limits() {}

    /** Whether KMS has to speak to the proxy before it takes this update. */
    public static boolean changesProxy(Members update) {
        return OF_EXTERNAL.stream().anyMatch(update::has);
    }

    public static void requireNoService(Optional<String> name, Optional<String> owner) {
        if (name.isPresent() || owner.isPresent()) {
            throw Refusals.validation("A VPC endpoint service needs XksProxyConnectivity VPC_ENDPOINT_SERVICE.");
        }
    }

    public static void requireNone(Members input, List<String> ofTheOtherType) {
        ofTheOtherType.stream().filter(input::has).findFirst().ifPresent(member -> {
            throw Refusals.validation(member + " doesn't belong to this CustomKeyStoreType.");
        });
    }
}
