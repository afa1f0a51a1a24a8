package dev.keystores.sandbox.cloudhsm;

import dev.keystores.sandbox.wire.Members;
import dev.keystores.sandbox.wire.Scope;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** One operation of CloudHSM. A refusal is a ServiceError. */
interface Operation {

    ObjectNode answer(Scope scope, Members input, Instant now);
}
