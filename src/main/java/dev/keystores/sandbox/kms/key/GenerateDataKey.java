package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.call.Randoms;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Members;
import java.util.Base64;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/**
 * KMS API Reference, GenerateDataKey and GenerateDataKeyWithoutPlaintext: by its spec or by its length, one of the two. The
 * reference's text of KeyId leaves out keys in custom key stores; the KMS Developer Guide has them, and so have we.
 *
 * @param shown whether the plaintext is answered too
 */
record GenerateDataKey(KeyUse keys, Randoms randoms, boolean shown) implements Operation.Use {

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
        KeyLimits.requireNoRecipient(asked.input());
        ObjectNode answer = Encrypt.encrypted(keys, world, asked, plaintext);
        return shown ? answer.put("Plaintext", Base64.getEncoder().encodeToString(plaintext)) : answer;
    }

    private static int length(Members input) {
        OptionalInt number = KeyLimits.numberOfBytes(input);
        OptionalInt spec = input.choice("KeySpec", DataKeySpec.class)
                .map(choice -> OptionalInt.of(choice.bytes))
                .orElse(OptionalInt.empty());
        if (number.isPresent() == spec.isPresent()) {
            throw Refusals.validation("Please specify either number of bytes or key spec.");
        }
        return number.orElseGet(spec::getAsInt);
    }
}
