package dev.keystores.sandbox.kms.store;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Limits;
import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.Connectivity;
import dev.keystores.sandbox.wire.Limit;
import dev.keystores.sandbox.wire.Members;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an external key store is after an update, as far as its values go together. */
final class ExternalUpdate {

    private ExternalUpdate() {}

    static Backing.External of(Backing.External backing, Asked asked) {
        Members input = asked.input();
        Connectivity connectivity =
                input.choice(Limits.CONNECTIVITY, Connectivity.class).orElse(backing.connectivity());
        requireAll(backing, input, connectivity);
        return new Backing.External(
                new Backing.ProxyUri(
                        input.text(Limits.URI_ENDPOINT).orElse(backing.uri().endpoint()),
                        input.text(Limits.URI_PATH).orElse(backing.uri().path())),
                ExternalRules.credential(input).orElse(backing.credential()),
                service(backing, asked, connectivity));
    }

    /** The other connectivity needs what belongs to it in the same update. */
    private static void requireAll(Backing.External backing, Members input, Connectivity connectivity) {
        if (connectivity == backing.connectivity()) {
            return;
        }
        requireGiven(input, Limits.URI_ENDPOINT);
        if (connectivity == Connectivity.VPC_ENDPOINT_SERVICE) {
            requireGiven(input, Limits.SERVICE_NAME);
        }
    }

    private static void requireGiven(Members input, Limit member) {
        if (!input.has(member.member())) {
            throw input.missing(member.member());
        }
    }

    private static Backing.@Nullable VpcService service(
            Backing.External backing, Asked asked, Connectivity connectivity) {
        Members input = asked.input();
        Optional<String> owner = input.text(Limits.SERVICE_OWNER);
        if (connectivity == Connectivity.PUBLIC_ENDPOINT) {
            Limits.requireNoService(isEmptied(input) ? Optional.empty() : input.text(Limits.SERVICE_NAME), owner);
            return null;
        }
        Optional<String> name = input.text(Limits.SERVICE_NAME);
        Backing.VpcService old = backing.service() == null
                ? new Backing.VpcService("", asked.scope().account())
                : backing.service();
        return new Backing.VpcService(name.orElse(old.name()), owner.orElse(old.owner()));
    }

    /** The operation's text wants an empty name on the way to a public endpoint, against the limits of its own model. */
    private static boolean isEmptied(Members input) {
        return input.has(Limits.CONNECTIVITY)
                && input.text(Limits.ANY_SERVICE_NAME).equals(Optional.of(""));
    }
}
