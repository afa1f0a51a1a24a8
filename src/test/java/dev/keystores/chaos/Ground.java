package dev.keystores.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The accounts of a run, each with key stores of both types. */
final class Ground {

    static final String REGION = "eu-central-1";

    private static final int TARGETS = 4;

    private final SandboxProcess sandbox;
    private final List<Account> accounts;
    private final List<Store> stores = new ArrayList<>();
    private final Map<Store, Boolean> failing = new HashMap<>();

    /** @param prefix of nine digits, other ones for each run on the same sandbox */
    Ground(SandboxProcess sandbox, String prefix) {
        this.sandbox = sandbox;
        this.accounts = IntStream.rangeClosed(1, TARGETS)
                .mapToObj(n -> new Account("target-" + n, prefix + "%03d".formatted(n)))
                .toList();
    }

    /** An account in a Region, and the role that the service assumes there. */
    record Account(String target, String id) {

        private List<String> settings(int i, SandboxProcess sandbox) {
            var setting = "--keystores.targets[%d].".formatted(i);
            return List.of(
                    setting + "name=" + target,
                    setting + "region=" + REGION,
                    setting + "endpoint=" + sandbox.root(),
                    setting + "role-arn=arn:aws:iam::%s:role/key-stores".formatted(id));
        }
    }

    /**
     * @param cause where the control room makes its connects fail and succeed
     * @param broken what makes them fail
     * @param sound what makes them succeed
     */
    record Store(String id, String target, String cause, Map<String, ?> broken, Map<String, ?> sound) {}

    Stream<String> settings() {
        return IntStream.range(0, accounts.size()).boxed().flatMap(i -> accounts.get(i).settings(i, sandbox).stream());
    }

    Map<String, String> targetsByAccount() {
        return accounts.stream().collect(Collectors.toMap(Account::id, Account::target));
    }

    List<Account> accounts() {
        return accounts;
    }

    List<Store> stores() {
        return stores;
    }

    void build() {
        accounts.parallelStream()
                .map(account -> new Builder(sandbox, account).stores())
                .toList()
                .forEach(stores::addAll);
    }

    /** Lets some stores fail from now on, and the others not. */
    void change(Random random) {
        for (var store : stores) {
            var fails = random.nextInt(5) == 0;
            if (failing.getOrDefault(store, false) != fails) {
                sandbox.put(store.cause(), fails ? store.broken() : store.sound());
                failing.put(store, fails);
            }
        }
    }

    /** What each store is, by its id. */
    Map<String, String> states() {
        var ours = targetsByAccount().keySet();
        return sandbox.worlds()
                .filter(world -> ours.contains(world.get("account").asString()))
                .flatMap(world -> world.get("stores").valueStream())
                .collect(Collectors.toMap(
                        store -> store.get("id").asString(),
                        store -> store.get("connectionState").asString()));
    }

    Function<String, Account> account() {
        return target -> accounts.stream()
                .filter(account -> account.target().equals(target))
                .findFirst()
                .orElseThrow();
    }
}
