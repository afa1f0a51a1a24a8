package dev.keystores.keystore;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a key store has that a caller can say: named as in our REST API, which takes the names of the KMS API, and with its
 * limits (KMS API Reference, CreateCustomKeyStore and UpdateCustomKeyStore).
 */
public enum Property {
    NAME(
            "name",
            null,
            1,
            256,
            "[^\\p{Cc}\\p{Cs}]*[\\P{IsWhite_Space}&&[^\\p{Cc}\\p{Cs}]][^\\p{Cc}\\p{Cs}]*",
            "text without control characters"),

    CLOUD_HSM_CLUSTER_ID(
            "cloudHsmClusterId",
            KeyStoreType.AWS_CLOUDHSM,
            19,
            24,
            "cluster-[2-7a-zA-Z]{11,16}",
            "cluster- and 11 to 16 of 2-7, a-z and A-Z"),
    TRUST_ANCHOR_CERTIFICATE(
            "trustAnchorCertificate",
            KeyStoreType.AWS_CLOUDHSM,
            1,
            5000,
            "[\\r\\n\\t -~]*[!-~][\\r\\n\\t -~]*",
            "the content of customerCA.crt"),
    KEY_STORE_PASSWORD(
            "keyStorePassword",
            KeyStoreType.AWS_CLOUDHSM,
            7,
            32,
            "[^\\p{Cc}\\p{Cs}]*",
            "text without control characters"),

    XKS_PROXY_CONNECTIVITY(
            "xksProxyConnectivity",
            KeyStoreType.EXTERNAL_KEY_STORE,
            1,
            20,
            "PUBLIC_ENDPOINT|VPC_ENDPOINT_SERVICE",
            "PUBLIC_ENDPOINT or VPC_ENDPOINT_SERVICE"),
    XKS_PROXY_URI_ENDPOINT(
            "xksProxyUriEndpoint",
            KeyStoreType.EXTERNAL_KEY_STORE,
            10,
            128,
            "https://[a-zA-Z0-9.-]+",
            "https:// and a host name, without port or path"),
    XKS_PROXY_URI_PATH(
            "xksProxyUriPath",
            KeyStoreType.EXTERNAL_KEY_STORE,
            10,
            128,
            "(/[a-zA-Z0-9/_-]+)?/kms/xks/v\\d{1,2}",
            "/kms/xks/v1, maybe after a prefix of /, a-z, A-Z, 0-9, _ and -"),
    XKS_PROXY_ACCESS_KEY_ID(
            "xksProxyAuthenticationCredential.accessKeyId",
            KeyStoreType.EXTERNAL_KEY_STORE,
            20,
            30,
            "[A-Z2-7]+",
            "of A-Z and 2-7"),
    XKS_PROXY_RAW_SECRET_ACCESS_KEY(
            "xksProxyAuthenticationCredential.rawSecretAccessKey",
            KeyStoreType.EXTERNAL_KEY_STORE,
            43,
            64,
            "[a-zA-Z0-9/+=]+",
            "of a-z, A-Z, 0-9, /, + and ="),
    XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME(
            "xksProxyVpcEndpointServiceName",
            KeyStoreType.EXTERNAL_KEY_STORE,
            20,
            64,
            "(com|eu)\\.amazonaws\\.vpce\\.([a-z]+-){2,3}\\d+\\.vpce-svc-[0-9a-z]+",
            "such as com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0"),
    XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER(
            "xksProxyVpcEndpointServiceOwner", KeyStoreType.EXTERNAL_KEY_STORE, 12, 12, "\\d{12}", "an AWS account id");

    private final String field;
    private final @Nullable KeyStoreType type;
    private final int shortest;
    private final int longest;
    private final Pattern shape;
    private final String shapeInWords;

    Property(String field, @Nullable KeyStoreType type, int shortest, int longest, String shape, String shapeInWords) {
        this.field = field;
        this.type = type;
        this.shortest = shortest;
        this.longest = longest;
        this.shape = Pattern.compile(shape);
        this.shapeInWords = shapeInWords;
    }

    public static Optional<Property> of(String field) {
        return Arrays.stream(values())
                .filter(property -> property.field.equals(field))
                .findAny();
    }

    /** Its name in our REST API; of a part of another property both, with a dot. */
    public String field() {
        return field;
    }

    boolean belongsTo(KeyStoreType other) {
        return type == null || type == other;
    }

    /** Whether nobody may read it but KMS. */
    public boolean secret() {
        return this == KEY_STORE_PASSWORD || this == XKS_PROXY_RAW_SECRET_ACCESS_KEY;
    }

    /**
     * Whether KMS takes a new value only while the key store is DISCONNECTED; the others also while it is CONNECTED (KMS API
     * Reference, UpdateCustomKeyStore).
     */
    public boolean needsDisconnect() {
        return switch (this) {
            case NAME, XKS_PROXY_ACCESS_KEY_ID, XKS_PROXY_RAW_SECRET_ACCESS_KEY, XKS_PROXY_URI_PATH -> false;
            case CLOUD_HSM_CLUSTER_ID,
                    TRUST_ANCHOR_CERTIFICATE,
                    KEY_STORE_PASSWORD,
                    XKS_PROXY_CONNECTIVITY,
                    XKS_PROXY_URI_ENDPOINT,
                    XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME,
                    XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER -> true;
        };
    }

    /** The rule that a value breaks, in words; without the value. */
    public Optional<String> brokenBy(String value) {
        var length = value.codePointCount(0, value.length());
        var right =
                length >= shortest && length <= longest && shape.matcher(value).matches();
        return right ? Optional.empty() : Optional.of(rule());
    }

    private String rule() {
        return "must be " + limits();
    }

    /** What a value has to be, in words: {@code 12 characters: an AWS account id}. */
    public String limits() {
        if (this == XKS_PROXY_CONNECTIVITY) {
            return shapeInWords;
        }
        var length = shortest == longest ? "%d".formatted(shortest) : "%d to %d".formatted(shortest, longest);
        return "%s characters: %s".formatted(length, shapeInWords);
    }

    /** Whether two values mean the same: what KMS shows of a certificate may be broken into lines otherwise. */
    boolean same(String one, @Nullable String other) {
        if (other == null || this != TRUST_ANCHOR_CERTIFICATE) {
            return one.equals(other);
        }
        return one.replaceAll("\\s", "").equals(other.replaceAll("\\s", ""));
    }
}
