package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.call.ProxyCalls;
import dev.keystores.sandbox.kms.call.Quota;
import dev.keystores.sandbox.kms.call.Randoms;
import dev.keystores.sandbox.kms.model.Pace;
import java.util.Map;

/** The operations on keys, by their names on the wire. */
public final class KeyOperations {

    private KeyOperations() {}

    public static Map<String, Operation> all(ProxyCalls proxies, Quota quota, Randoms randoms, Pace pace) {
        KeyUse use = new KeyUse(proxies, quota);
        return Map.ofEntries(
                Map.entry("CreateKey", new CreateKey(proxies, randoms)),
                Map.entry("DescribeKey", new DescribeKey()),
                Map.entry("ListKeys", new ListKeys()),
                Map.entry("EnableKey", new EnableKey(true)),
                Map.entry("DisableKey", new EnableKey(false)),
                Map.entry("ScheduleKeyDeletion", new ScheduleKeyDeletion(pace)),
                Map.entry("CancelKeyDeletion", new CancelKeyDeletion()),
                Map.entry("Encrypt", new Encrypt(use)),
                Map.entry("Decrypt", new Decrypt(use)),
                Map.entry("ReEncrypt", new ReEncrypt(use)),
                Map.entry("GenerateDataKey", new GenerateDataKey(use, randoms, true)),
                Map.entry("GenerateDataKeyWithoutPlaintext", new GenerateDataKey(use, randoms, false)),
                Map.entry("EnableKeyRotation", new KeyRotation()),
                Map.entry("DisableKeyRotation", new KeyRotation()),
                Map.entry("GetKeyRotationStatus", new KeyRotation()),
                Map.entry("GenerateRandom", new GenerateRandom(randoms, quota)));
    }
}
