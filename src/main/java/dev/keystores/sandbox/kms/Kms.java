package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.data.DataFile;
import dev.keystores.sandbox.wire.Service;
import dev.keystores.sandbox.xks.Proxies;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;

/** KMS put together: what the wire talks to, and what a control room turns. */
public record Kms(Service service, Causes causes) {

    private static final int HEX_DIGITS = 17;

    public static Kms open(DataFile file, Proxies proxies, Clock clock, Pace pace) {
        ConnectCheck check = new ConnectCheck(proxies);
        Worlds worlds = new Worlds(file.shelf("worlds", WorldState.class), check);
        Seeds.plantIfFresh(worlds, proxies, clock.instant());
        Faults faults = new Faults();
        Calls calls = new Calls();
        Map<String, Operation> operations = operations(check, pace);
        Service service = new KmsService(operations, worlds, new KmsService.Gate(new Quota(), faults, calls), clock);
        return new Kms(service, new Causes(worlds, proxies, faults, calls, clock));
    }

    private static Map<String, Operation> operations(ConnectCheck check, Pace pace) {
        ProxyRules proxyRules = new ProxyRules(check.proxies());
        RandomGenerator random = new SecureRandom();
        return Map.of(
                "ConnectCustomKeyStore", new ConnectCustomKeyStore(check, pace),
                "CreateCustomKeyStore", new CreateCustomKeyStore(proxyRules, () -> newId(random)),
                "DeleteCustomKeyStore", new DeleteCustomKeyStore(),
                "DescribeCustomKeyStores", new DescribeCustomKeyStores(),
                "DisconnectCustomKeyStore", new DisconnectCustomKeyStore(pace),
                "UpdateCustomKeyStore", new UpdateCustomKeyStore(proxyRules));
    }

    private static String newId(RandomGenerator random) {
        byte[] bytes = new byte[HEX_DIGITS / 2 + 1];
        random.nextBytes(bytes);
        return "cks-" + HexFormat.of().formatHex(bytes).substring(0, HEX_DIGITS);
    }
}
