package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.wire.Members;
import java.util.Base64;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/** KMS API Reference, GenerateDataKey: by its spec or by its length, one of the two. */
record GenerateDataKey(KeyUse keys, Randoms randoms) implements Operation.Use {

    private static final int LONGEST = 1024;

    private enum DataKeySpec {
        AES_256(32),
        AES_128(16);

        private final int bytes;

        DataKeySpec(int bytes) {
            this.bytes = bytes;
        }
    }

    @Override
    public ObjectNode use(WorldState world, Asked asked) {
        byte[] plaintext = randoms.bytes(length(asked.input()));
        return Encrypt.encrypted(keys, world, asked, plaintext)
                .put("Plaintext", Base64.getEncoder().encodeToString(plaintext));
    }

    private static int length(Members input) {
        OptionalInt number = input.number("NumberOfBytes", 1, LONGEST);
        OptionalInt spec = input.choice("KeySpec", DataKeySpec.class)
                .map(choice -> OptionalInt.of(choice.bytes))
                .orElse(OptionalInt.empty());
        if (number.isPresent() == spec.isPresent()) {
            throw Refusals.validation("Please specify either number of bytes or key spec.");
        }
        return number.orElseGet(spec::getAsInt);
    }
}
