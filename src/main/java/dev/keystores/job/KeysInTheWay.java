package dev.keystores.job;

import dev.keystores.kms.KeyCount;
import dev.keystores.kms.KmsException;
import java.util.function.Supplier;

/** Says how many KMS keys keep a key store from being deleted. */
final class KeysInTheWay {

    private KeysInTheWay() {}

    static String told(Supplier<KeyCount> count) {
        try {
            return told(count.get());
        } catch (KmsException unknown) {
            return "KMS keys; how many can't be told: " + unknown.getMessage();
        }
    }

    static String told(KeyCount count) {
        var keys =
                "%s%d KMS key%s".formatted(count.all() ? "" : "at least ", count.keys(), count.keys() == 1 ? "" : "s");
        if (count.waiting() == 0) {
            return keys + ".";
        }
        var until = count.deletedBy() == null ? "" : ", the last one until " + count.deletedBy();
        return "%s, of which %d wait%s for deletion%s."
                .formatted(keys, count.waiting(), count.waiting() == 1 ? "s" : "", until);
    }
}
