package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.cloudhsm.Clusters;
import dev.keystores.sandbox.data.DataFile;
import dev.keystores.sandbox.ec2.Networks;
import dev.keystores.sandbox.external.ProxyClient;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.call.ProxyCalls;
import dev.keystores.sandbox.kms.call.Quota;
import dev.keystores.sandbox.kms.call.Randoms;
import dev.keystores.sandbox.kms.history.History;
import dev.keystores.sandbox.kms.key.KeyOperations;
import dev.keystores.sandbox.kms.model.Choices;
import dev.keystores.sandbox.kms.model.Pace;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.kms.store.ExternalRules;
import dev.keystores.sandbox.kms.store.StoreOperations;
import dev.keystores.sandbox.kms.world.Claims;
import dev.keystores.sandbox.kms.world.CloudHsmSteps;
import dev.keystores.sandbox.kms.world.ClustersOfWorlds;
import dev.keystores.sandbox.kms.world.HealthChecks;
import dev.keystores.sandbox.kms.world.Moving;
import dev.keystores.sandbox.kms.world.NetworksOfWorlds;
import dev.keystores.sandbox.kms.world.OfferedServices;
import dev.keystores.sandbox.kms.world.ProxyAsks;
import dev.keystores.sandbox.kms.world.Seeds;
import dev.keystores.sandbox.kms.world.ServiceRules;
import dev.keystores.sandbox.kms.world.Ticker;
import dev.keystores.sandbox.kms.world.Transit;
import dev.keystores.sandbox.kms.world.World;
import dev.keystores.sandbox.kms.world.Worlds;
import dev.keystores.sandbox.wire.Service;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** KMS put together: what the wire talks to, and what a control room turns. */
public final class Kms implements AutoCloseable {

    private final Service service;
    private final Causes causes;
    private final ProxyAsks asks;
    private final Ticker ticker;
    private final Clusters clusters;
    private final Networks networks;

    private Kms(Service service, Causes causes, ProxyAsks asks, Ticker ticker, Worlds worlds, Clock clock) {
        this.service = service;
        this.causes = causes;
        this.asks = asks;
        this.ticker = ticker;
        this.clusters = new ClustersOfWorlds(worlds);
        this.networks = new NetworksOfWorlds(worlds, clock);
    }

    public static Kms open(DataFile file, ProxyClient client, Clock clock, Pace pace, Choices choices) {
        Randoms randoms = new Randoms(new SecureRandom());
        ProxyCalls calls = new ProxyCalls(client);
        HealthChecks health = new HealthChecks(calls);
        ProxyAsks asks = new ProxyAsks(health);
        OfferedServices offered = new OfferedServices();
        ServiceRules services = new ServiceRules(offered);
        Transit transit = new Transit(pace, new CloudHsmSteps(randoms::password), services);
        History history = new History();
        World.Laws laws = new World.Laws(
                file.shelf("worlds", WorldState.class), transit, asks, new Moving(), new Claims(), offered, history);
        Worlds worlds = new Worlds(laws);
        Seeds.plantIfFresh(worlds, clock.instant());
        ExternalRules external = new ExternalRules(laws.claims(), services, health);
        KmsService.Gate gate = new KmsService.Gate(new Quota(), new Faults(), new Calls(), history);
        SortedMap<String, Operation> operations =
                new TreeMap<>(StoreOperations.all(transit, external, randoms, choices));
        operations.putAll(KeyOperations.all(calls, gate.quota(), randoms, pace));
        Service service = new KmsService(operations, worlds, laws.claims(), gate, clock);
        Causes causes = new Causes(worlds, gate, new TreeSet<>(operations.keySet()), clock);
        return new Kms(service, causes, asks, Ticker.started(laws.moving(), clock), worlds, clock);
    }

    public Service service() {
        return service;
    }

    public Causes causes() {
        return causes;
    }

    /** The same ones that key stores are on. */
    public Clusters clusters() {
        return clusters;
    }

    public Networks networks() {
        return networks;
    }

    /** Before the data file: nothing is moved on any more. */
    @Override
    public void close() {
        ticker.close();
        asks.close();
    }
}
