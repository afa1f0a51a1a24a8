package dev.keystores.job;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.Leases;
import dev.keystores.kms.KmsGateway;
import dev.keystores.target.Targets;
import java.util.concurrent.atomic.AtomicInteger;

/** Where a test gets a target that no other test has seen, so that all of them can share one service and one sandbox. */
public final class Bench {

    private final Targets targets;
    private final TargetTick ticks;
    private final JobMoves moves;
    private final Leases leases;
    private final Jobs jobs;
    private final Inventory inventory;
    private final KmsGateway kms;
    private final SandboxOfTests sandbox;
    private final AtomicInteger used = new AtomicInteger(2);

    Bench(
            Targets targets,
            TargetTick ticks,
            JobMoves moves,
            Leases leases,
            Jobs jobs,
            Inventory inventory,
            KmsGateway kms,
            SandboxOfTests sandbox) {
        this.targets = targets;
        this.ticks = ticks;
        this.moves = moves;
        this.leases = leases;
        this.jobs = jobs;
        this.inventory = inventory;
        this.kms = kms;
        this.sandbox = sandbox;
    }

    public Place fresh() {
        return place("t-%03d".formatted(used.getAndIncrement()));
    }

    public Place place(String target) {
        return new Place(targets.named(target).orElseThrow(), ticks, moves, leases, jobs, inventory, kms, sandbox);
    }
}
