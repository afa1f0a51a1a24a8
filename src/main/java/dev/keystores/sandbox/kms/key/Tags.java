package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.wire.Limit;
import dev.keystores.sandbox.wire.Members;
import java.util.List;

/**
 * The tags of a new key. Beyond the model's limits AWS's rules for tags hold: 50 of them, each once, none with AWS's own
 * prefix (KMS Developer Guide, tagging-keys).
 */
final class Tags {

    private static final Limit KEY = Limit.length("TagKey", 1, 128);
    private static final Limit VALUE = Limit.length("TagValue", 0, 256);
    private static final int MOST = 50;

    private Tags() {}

    static void check(Members input) {
        List<String> keys =
                input.structures("Tags").stream().map(Tags::checkedKey).toList();
        boolean unlikeEachOther = keys.stream().distinct().count() == keys.size();
        if (keys.size() > MOST || !unlikeEachOther || keys.stream().anyMatch(key -> key.startsWith("aws:"))) {
            throw KeyRefusals.tags();
        }
    }

    private static String checkedKey(Members tag) {
        tag.required(VALUE);
        return tag.required(KEY);
    }
}
