package dev.keystores;

import dev.keystores.api.ApiSettings;
import dev.keystores.event.EventSettings;
import dev.keystores.inventory.InventorySettings;
import dev.keystores.job.JobSettings;
import dev.keystores.job.PollSettings;
import dev.keystores.security.SecuritySettings;
import dev.keystores.target.Target;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All of {@code keystores.*}: the records of the features, each beside its user.
 *
 * @param dataDir where the embedded database and the sandbox keep what they know
 * @param targets the accounts and Regions to look after
 */
record KeyStoresSettings(
        @DefaultValue("./data") @NotNull Path dataDir,
        @DefaultValue List<@Valid Target> targets,
        @DefaultValue @NotNull @Valid PollSettings poll,
        @DefaultValue @NotNull @Valid InventorySettings inventory,
        @DefaultValue @NotNull @Valid JobSettings job,
        @DefaultValue @NotNull @Valid ApiSettings api,
        @DefaultValue @NotNull @Valid EventSettings event,
        @DefaultValue @NotNull @Valid SandboxSettings sandbox,
        @DefaultValue @NotNull @Valid SecuritySettings security) {

    KeyStoresSettings decided(List<Target> newTargets, SandboxSettings newSandbox) {
        return new KeyStoresSettings(dataDir, newTargets, poll, inventory, job, api, event, newSandbox, security);
    }

    /** In words for whoever wrote the settings. */
    Stream<String> namesGivenTwice() {
        var names = new HashSet<String>();
        var users = new HashSet<String>();
        return Stream.concat(
                targets.stream()
                        .filter(target -> target.name() != null && !names.add(target.name()))
                        .map(target -> "keystores.targets: the name %s is given twice".formatted(target.name())),
                security.users().stream()
                        .filter(user ->
                                user.name() != null && !users.add(user.name().toLowerCase(Locale.ROOT)))
                        .map(user -> "keystores.security.users: the name %s is given twice, whatever its case"
                                .formatted(user.name())));
    }

    /** Targets that would share one quota; asked only of settings that are right in themselves. */
    Stream<String> twins() {
        var places = new HashSet<String>();
        return targets.stream()
                .filter(target -> !places.add(place(target)))
                .map(target ->
                        "keystores.targets: %s is the account and Region of another target; they would share one quota"
                                .formatted(target.name()));
    }

    /** The same role, or none, in the same Region is the same account; what else is the same, STS tells at the first look. */
    private static String place(Target target) {
        return target.region() + " " + target.endpoint() + " "
                + target.knownAccount().orElse("");
    }
}
