package dev.keystores.sandbox.external;

import java.util.List;

/** What a proxy says of a key. Whether KMS can use such a key, KMS decides. */
public record KeyMetadata(String keySpec, List<String> keyUsage, KeyStatus keyStatus) {

    private static final int MOST_USAGES = 10;

    public enum KeyStatus {
        ENABLED,
        DISABLED
    }

    public KeyMetadata {
        keyUsage = List.copyOf(keyUsage);
    }

    static KeyMetadata of(AnswerMembers answer) throws CallFailed {
        return new KeyMetadata(
                answer.text("keySpec"),
                answer.texts("keyUsage", MOST_USAGES),
                answer.choice("keyStatus", KeyStatus.class));
    }
}
