package dev.keystores.api;

import static org.awaitility.Awaitility.await;

import dev.keystores.RunningService;
import dev.keystores.sandbox.ClusterControl;
import dev.keystores.sandbox.ControlRoom;
import dev.keystores.sandbox.ProxyControl;
import dev.keystores.sandbox.xks.ProxyCredential;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What a key store of each kind is made of, with all that has to be there for it in the sandbox. */
public final class NewStore {

    /** Accounts that there are for it: each takes ten stores. */
    private static final int ACCOUNTS = 16;

    private static final String LETTERS = "ABCD";

    public static final String REGION = "eu-west-1";
    static final String PASSWORD = "kmsPassword1";
    static final String ACCESS_KEY = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static final String RAW_SECRET = "RawSecretAccessKey/RawSecretAccessKey/RawSecre";

    /** Every text that nobody may see. */
    public static final List<String> SECRETS = List.of(PASSWORD, RAW_SECRET, "an0therPassword", "f0rgottenPassword");

    private static final AtomicInteger number = new AtomicInteger();
    private static final AtomicInteger onClusters = new AtomicInteger();
    private static final AtomicInteger behindProxies = new AtomicInteger();

    public enum Kind {
        CLOUD_HSM,
        PUBLIC,
        VPC
    }

    private final ControlRoom control;
    private final String target;
    private final String account;
    private final Kind kind;
    private final String name;
    private final int own;
    private final String cluster;
    private boolean isRestored;

    private NewStore(ControlRoom control, String target, String account, Kind kind, String name, char letter) {
        this.control = control;
        this.target = target;
        this.account = account;
        this.kind = kind;
        this.own = number.incrementAndGet();
        this.name = name + "-" + own;
        this.cluster = kind == Kind.CLOUD_HSM ? spare(letter) : "";
        if (kind != Kind.CLOUD_HSM) {
            make(host());
        }
    }

    /** Each cluster of each account is taken once. */
    static NewStore of(RunningService service, Kind kind, String name) {
        var next = (kind == Kind.CLOUD_HSM ? onClusters : behindProxies).getAndIncrement();
        var account = next % ACCOUNTS;
        return new NewStore(
                service.control(),
                "lives-" + account,
                "7777777778%02d".formatted(account),
                kind,
                name,
                LETTERS.charAt(next / ACCOUNTS % LETTERS.length()));
    }

    /** Where nobody else makes any. */
    public static NewStore alone(ControlRoom control, String target, String account, Kind kind, String name) {
        var letter = LETTERS.charAt(onClusters.getAndIncrement() % LETTERS.length());
        return new NewStore(control, target, account, kind, name, letter);
    }

    /** In the same account. */
    NewStore andAnother(String other) {
        return alone(control, target, account, kind, other);
    }

    String target() {
        return target;
    }

    String account() {
        return account;
    }

    public String name() {
        return name;
    }

    ProxyControl proxy() {
        return control.proxy(host());
    }

    ClusterControl cluster() {
        return control.cluster(cluster);
    }

    public Map<String, Object> body(Map<String, ?> more) {
        var body = new LinkedHashMap<String, Object>(Map.of("target", target(), "name", name));
        switch (kind) {
            case CLOUD_HSM ->
                body.putAll(Map.of(
                        "type",
                        "AWS_CLOUDHSM",
                        "cloudHsmClusterId",
                        cluster,
                        "trustAnchorCertificate",
                        cluster().customerCa(),
                        "keyStorePassword",
                        PASSWORD));
            case PUBLIC -> body.putAll(behind("PUBLIC_ENDPOINT"));
            case VPC -> {
                body.putAll(behind("VPC_ENDPOINT_SERVICE"));
                body.put("xksProxyVpcEndpointServiceName", endpointService());
                body.put("xksProxyVpcEndpointServiceOwner", account());
            }
        }
        body.putAll(more);
        return body;
    }

    /** A value that KMS takes only while the store is DISCONNECTED. */
    public Map<String, Object> another(Map<String, ?> more) {
        var body = new LinkedHashMap<String, Object>();
        switch (kind) {
            case CLOUD_HSM -> {
                var restored = restored();
                if (!isRestored) {
                    cluster().restoreAs(restored).kmsuserPassword("an0therPassword");
                    isRestored = true;
                }
                body.put("cloudHsmClusterId", restored);
                body.put("keyStorePassword", "an0therPassword");
            }
            case PUBLIC -> {
                make("another-" + host());
                body.put("xksProxyUriEndpoint", "https://another-" + host());
            }
            case VPC -> {
                make("another-" + host());
                body.put("xksProxyUriEndpoint", "https://another-" + host());
                body.put("xksProxyVpcEndpointServiceName", service(900 + own, "another-" + host()));
            }
        }
        body.putAll(more);
        return body;
    }

    /** Breaks what the store is made of after {@link #another}, and tells what makes it good again. */
    public Map<String, Object> fails() {
        if (kind == Kind.CLOUD_HSM) {
            var restored = restored();
            control.cluster(restored).kmsuserPassword("f0rgottenPassword");
            return Map.of("keyStorePassword", "f0rgottenPassword");
        }
        var other = new ProxyCredential("ZYXWVUTSRQPONMLKJIHGFEDCBA", RAW_SECRET);
        control.proxy("another-" + host()).credentials(other);
        return Map.of(
                "xksProxyAuthenticationCredential",
                Map.of("accessKeyId", other.accessKeyId(), "rawSecretAccessKey", RAW_SECRET));
    }

    private Map<String, Object> behind(String connectivity) {
        return Map.of(
                "type",
                "EXTERNAL_KEY_STORE",
                "xksProxyConnectivity",
                connectivity,
                "xksProxyUriEndpoint",
                "https://" + host(),
                "xksProxyUriPath",
                "/kms/xks/v1",
                "xksProxyAuthenticationCredential",
                Map.of("accessKeyId", ACCESS_KEY, "rawSecretAccessKey", RAW_SECRET));
    }

    /** Of digits that such an id may have. */
    private String restored() {
        var digits = Integer.toString(own, 6).chars().map(digit -> digit + 2).toArray();
        return "cluster-" + "a".repeat(12 - digits.length) + new String(digits, 0, digits.length);
    }

    private String host() {
        return "life-%d.xks.example".formatted(own);
    }

    private void make(String host) {
        control.proxy(host).credentials(new ProxyCredential(ACCESS_KEY, RAW_SECRET));
    }

    String endpointService() {
        return service(own, host());
    }

    /** Lets another account offer the service instead; tells that account. */
    String serviceOfAnother(String owner) {
        var serviceName = "com.amazonaws.vpce.%s.vpce-svc-0123456789abc%04d".formatted(REGION, own);
        control.endpointService(account(), REGION, serviceName).remove();
        control.endpointService(owner, REGION, serviceName)
                .privateDnsName(host())
                .permits("cks.kms.%s.amazonaws.com".formatted(REGION), "arn:aws:iam::%s:root".formatted(account()));
        return owner;
    }

    private String service(int id, String host) {
        var serviceName = "com.amazonaws.vpce.%s.vpce-svc-0123456789abc%04d".formatted(REGION, id);
        control.endpointService(account(), REGION, serviceName)
                .privateDnsName(host)
                .permits("cks.kms.%s.amazonaws.com".formatted(REGION));
        return serviceName;
    }

    /** The account's own clusters are there once somebody has called for it. */
    private String spare(char letter) {
        return await().until(
                        () -> control.seen().worlds().stream()
                                .filter(world -> world.account().equals(account())
                                        && world.region().equals(REGION))
                                .flatMap(world -> world.clusters().stream())
                                .map(known -> known.id())
                                .filter(id -> id.startsWith("cluster-spare" + letter))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }
}
