package dev.keystores.sandbox.kms.call;

import dev.keystores.sandbox.kms.model.WorldState;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One operation of KMS; whoever runs it makes the effect last. A refusal is a ServiceError. */
public sealed interface Operation {

    /** Changes nothing. May take its time: no lock is held. */
    non-sealed interface Look extends Operation {
        ObjectNode look(WorldState world, Asked asked);
    }

    /** Sees what there is beside every eventual consistency, and changes nothing in the world; no lock is held. */
    non-sealed interface Use extends Operation {
        ObjectNode use(WorldState world, Asked asked);
    }

    non-sealed interface Change extends Operation {
        Effect change(WorldState world, Asked asked);
    }

    /** A change that asks somebody outside first, with no lock held. What was true then is checked again in the change. */
    non-sealed interface AskedChange extends Operation {
        void ask(WorldState world, Asked asked);

        Effect change(WorldState world, Asked asked);
    }

    record Effect(WorldState world, ObjectNode answer) {

        /** Most changes answer with an empty object. */
        public static Effect of(WorldState world) {
            return new Effect(world, JsonNodeFactory.instance.objectNode());
        }
    }
}
