package dev.keystores.journey;

import java.util.List;
import java.util.Map;

/** The VPC endpoint service before the proxy of an account, in the account of those who have the networks. */
final class OwnService {

    static final String OWNER = "444455556666";

    private static final String KMS = "cks.kms.%s.amazonaws.com".formatted(Operator.REGION);

    private final SandboxDoor door;
    private final String account;
    private final OwnProxy proxy;

    OwnService(SandboxDoor door, String account, OwnProxy proxy) {
        this.door = door;
        this.account = account;
        this.proxy = proxy;
    }

    String name() {
        return "com.amazonaws.vpce.%s.vpce-svc-0a1b2%s".formatted(Operator.REGION, account);
    }

    void make() {
        change("privateDnsName", proxy.host());
        admitAll();
    }

    void admitAll() {
        change("principals", List.of(KMS, root()));
    }

    void admitKmsOnly() {
        change("principals", List.of(KMS));
    }

    void admitAccountOnly() {
        change("principals", List.of(root()));
    }

    void change(String property, Object value) {
        door.put(path(), Map.of(property, value));
    }

    void delete() {
        door.delete(path());
    }

    private String root() {
        return "arn:aws:iam::%s:root".formatted(account);
    }

    private String path() {
        return "endpoint-services/%s/%s/%s".formatted(OWNER, Operator.REGION, name());
    }
}
