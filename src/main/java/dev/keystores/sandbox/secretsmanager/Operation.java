package dev.keystores.sandbox.secretsmanager;

import dev.keystores.sandbox.wire.Service;
import tools.jackson.databind.node.ObjectNode;

/** One operation of Secrets Manager. A refusal is a ServiceError. */
interface Operation {

    ObjectNode answer(Service.Call call);
}
