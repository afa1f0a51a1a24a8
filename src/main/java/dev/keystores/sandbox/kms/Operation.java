package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.wire.Members;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One operation of KMS as a pure function of what there is; whoever runs it makes the effect last. */
sealed interface Operation {

    non-sealed interface Look extends Operation {
        ObjectNode look(WorldState world, Members input);
    }

    non-sealed interface Change extends Operation {
        Effect change(WorldState world, Members input, Instant now);
    }

    record Effect(WorldState world, ObjectNode answer) {

        /** Most changes answer with an empty object. */
        static Effect of(WorldState world) {
            return new Effect(world, JsonNodeFactory.instance.objectNode());
        }
    }
}
