package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.data.DataFile;
import dev.keystores.sandbox.wire.Service;
import dev.keystores.sandbox.xks.Proxies;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** KMS put together: what the wire talks to, and what a control room turns. */
public final class Kms implements AutoCloseable {

    private final Service service;
    private final Causes causes;
    private final ProxyAsks asks;
    private final Ticker ticker;

    private Kms(Service service, Causes causes, ProxyAsks asks, Ticker ticker) {
        this.service = service;
        this.causes = causes;
        this.asks = asks;
        this.ticker = ticker;
    }

    public static Kms open(DataFile file, Proxies proxies, Clock clock, Pace pace, Choices choices) {
        Randoms randoms = new Randoms(new SecureRandom());
        HealthChecks health = new HealthChecks(proxies, clock);
        ProxyAsks asks = new ProxyAsks(health);
        OfferedServices offered = new OfferedServices();
        ServiceRules services = new ServiceRules(offered);
        Transit transit = new Transit(pace, new CloudHsmSteps(randoms::password), services);
        World.Laws laws = new World.Laws(
                file.shelf("worlds", WorldState.class), transit, asks, new Moving(), new Claims(), offered);
        Worlds worlds = new Worlds(laws);
        Seeds.plantIfFresh(worlds, proxies, clock.instant());
        ExternalRules external = new ExternalRules(laws.claims(), services, health);
        Map<String, Operation> operations = Map.of(
                "ConnectCustomKeyStore", new ConnectCustomKeyStore(transit, choices),
                "CreateCustomKeyStore", new CreateCustomKeyStore(external, randoms::storeId),
                "DeleteCustomKeyStore", new DeleteCustomKeyStore(),
                "DescribeCustomKeyStores", new DescribeCustomKeyStores(),
                "DisconnectCustomKeyStore", new DisconnectCustomKeyStore(pace),
                "UpdateCustomKeyStore", new UpdateCustomKeyStore(external, choices));
        KmsService.Gate gate = new KmsService.Gate(new Quota(), new Faults(), new Calls());
        Service service = new KmsService(operations, worlds, laws.claims(), gate, clock);
        Causes causes = new Causes(worlds, proxies, gate.faults(), gate.calls(), clock);
        return new Kms(service, causes, asks, Ticker.started(laws.moving(), clock));
    }

    public Service service() {
        return service;
    }

    public Causes causes() {
        return causes;
    }

    /** Before the data file: nothing is moved on any more. */
    @Override
    public void close() {
        ticker.close();
        asks.close();
    }
}
