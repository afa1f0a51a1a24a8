package dev.keystores.sandbox.ec2;

import dev.keystores.sandbox.wire.Parameters;
import dev.keystores.sandbox.wire.Scope;
import dev.keystores.sandbox.wire.Xml;
import java.util.function.Consumer;

/** One of the looks at what there is. */
@FunctionalInterface
interface Operation {

    Consumer<Xml> answer(Scope scope, Parameters parameters);
}
