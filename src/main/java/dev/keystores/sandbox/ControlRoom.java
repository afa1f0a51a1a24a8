package dev.keystores.sandbox;

import dev.keystores.sandbox.kms.CallCount;
import dev.keystores.sandbox.kms.Causes;
import dev.keystores.sandbox.kms.Fault;
import dev.keystores.sandbox.kms.history.Part;
import dev.keystores.sandbox.secretsmanager.Secrets;
import dev.keystores.sandbox.sts.Roles;
import dev.keystores.sandbox.wire.Scope;
import java.time.Duration;
import java.util.List;

/**
 * What {@code /_sandbox} does, as Java: shows what there is, counts, and sets one cause at a time. What is unknown is a
 * {@link java.util.NoSuchElementException}, a wrong value an {@link IllegalArgumentException} that names it.
 */
public final class ControlRoom {

    private final Causes causes;
    private final Roles roles;
    private final Secrets secrets;
    private final Outside outside;

    ControlRoom(Causes causes, Roles roles, Secrets secrets, Outside outside) {
        this.causes = causes;
        this.roles = roles;
        this.secrets = secrets;
        this.outside = outside;
    }

    public Contents seen() {
        List<SeenProxy> proxies = outside.proxies().all().stream()
                .map(proxy -> SeenProxy.of(proxy, outside.keys().of(proxy.host())))
                .toList();
        return new Contents(causes.seen().worlds(), proxies, secrets.seen());
    }

    /** The root that every proxy of the sandbox has its certificate from, in PEM: for clients other than its KMS. */
    public String certificateAuthority() {
        return outside.authority().rootPem();
    }

    /** Everything as on a fresh sandbox, but for its certificate authority, whom other clients may trust by now. */
    public void reset() {
        outside.proxies().reset();
        outside.keys().reset();
        roles.reset();
        secrets.reset();
        causes.reset();
    }

    /** @param operation as on the wire, such as {@code DescribeCustomKeyStores} */
    public CallCount calls(String operation, String account, String region) {
        return causes.calls(operation, new Scope(account, region));
    }

    /** Of each operation, account and Region that was called since the start. */
    public List<CallCount> calls() {
        return causes.calls().all();
    }

    /** What happened in KMS after a number, at most a thousand things; kept are the last ten thousand. */
    public Part historyAfter(long number) {
        return causes.historyAfter(number);
    }

    public ClusterControl cluster(String id) {
        return new ClusterControl(causes, id);
    }

    /**
     * @param name {@code com.amazonaws.vpce.<region>.vpce-svc-...}; one that is new in this account and Region gets a service
     *     in good order with its first cause
     */
    public EndpointServiceControl endpointService(String account, String region, String name) {
        return new EndpointServiceControl(causes, new Scope(account, region), name);
    }

    /** @param host without {@code https://}; one nobody has named before gets a proxy with its first cause */
    public ProxyControl proxy(String host) {
        return new ProxyControl(causes, outside, host);
    }

    /** @param arn of a role in any account; one that nobody has named before asks for nothing */
    public RoleControl role(String arn) {
        return new RoleControl(roles, arn);
    }

    /** @param arn of a secret that is there, in any account and Region, with or without the six characters at its end */
    public SecretControl secret(String arn) {
        return new SecretControl(secrets, arn);
    }

    /** This store's connects, the running one too, stay CONNECTING until {@link #ends} or a disconnect. */
    public void neverEnds(String storeId) {
        causes.connectNeverEnds(storeId, true);
    }

    /** The opposite of {@link #neverEnds}: a connect that is past its time ends at once. */
    public void ends(String storeId) {
        causes.connectNeverEnds(storeId, false);
    }

    /** A key that waits for its deletion is gone at once, as if its days had passed. */
    public void endWaitingPeriod(String keyId) {
        causes.endWaitingPeriod(keyId);
    }

    /** Whether KMS itself fails every connect there, with INTERNAL_ERROR. */
    public void impaired(String account, String region, boolean impaired) {
        causes.impair(new Scope(account, region), impaired);
    }

    /** The next calls that keep the quota meet this fault. */
    public void failNext(String operation, String account, String region, int times, Fault kind) {
        causes.failNext(operation, new Scope(account, region), times, kind);
    }

    public void breakConnectionAfterEffect(String operation, String account, String region, int times) {
        failNext(operation, account, region, times, Fault.BROKEN_AFTER_EFFECT);
    }

    /** Describes show what there is now, whatever happens, until this time has passed on the sandbox's clock. */
    public void staleDescribes(String account, String region, Duration duration) {
        causes.staleDescribes(new Scope(account, region), duration);
    }

    /** Each answer of KMS leaves so much later, after the call took effect; zero for none. In real time. */
    public void delayAnswers(Duration delay) {
        causes.delayAnswers(delay);
    }
}
