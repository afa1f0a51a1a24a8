package dev.keystores;

import dev.keystores.api.ApiSettings;
import dev.keystores.event.EventSettings;
import dev.keystores.inventory.InventorySettings;
import dev.keystores.job.JobSettings;
import dev.keystores.job.PollSettings;
import dev.keystores.secret.SecretSettings;
import dev.keystores.security.SecuritySettings;
import dev.keystores.target.MetricsSettings;
import dev.keystores.target.Target;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All of {@code keystores.*}: the records of the features, each beside its user.
 *
 * @param dataDir where the embedded database and the sandbox keep what they know
 * @param targets the accounts and Regions to look after
 * @param targetsFile more of them, in a file that is read again when it changes
 * @param targetsFileInterval between two looks at that file
 */
record KeyStoresSettings(
        @DefaultValue("./data") @NotNull Path dataDir,
        @DefaultValue List<@Valid Target> targets,
        @Nullable Path targetsFile,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 100, message = "must be at least 100ms")
        Duration targetsFileInterval,

        @DefaultValue @NotNull @Valid PollSettings poll,
        @DefaultValue @NotNull @Valid InventorySettings inventory,
        @DefaultValue @NotNull @Valid JobSettings job,
        @DefaultValue @NotNull @Valid ApiSettings api,
        @DefaultValue @NotNull @Valid EventSettings event,
        @DefaultValue @NotNull @Valid MetricsSettings metrics,
        @DefaultValue @NotNull @Valid SandboxSettings sandbox,
        @DefaultValue @NotNull @Valid SecuritySettings security,
        @DefaultValue @NotNull @Valid SecretSettings secrets) {

    KeyStoresSettings decided(List<Target> newTargets, SandboxSettings newSandbox) {
        return new KeyStoresSettings(
                dataDir,
                newTargets,
                targetsFile,
                targetsFileInterval,
                poll,
                inventory,
                job,
                api,
                event,
                metrics,
                newSandbox,
                security,
                secrets);
    }

    /** In words for whoever wrote the settings. */
    Stream<String> usersGivenTwice() {
        var users = new HashSet<String>();
        return security.users().stream()
                .filter(user -> user.name() != null && !users.add(user.name().toLowerCase(Locale.ROOT)))
                .map(user -> "keystores.security.users: the name %s is given twice, whatever its case"
                        .formatted(user.name()));
    }

    Optional<TargetsFile> file() {
        return Optional.ofNullable(targetsFile).map(TargetsFile::new);
    }

    /** Nobody may change real key stores without a name. */
    Optional<String> missingUser(List<Target> all) {
        return security.users().isEmpty() && all.stream().anyMatch(Target::real)
                ? Optional.of(
                        "keystores.security.users: at least one must be set, because a target is a real AWS account")
                : Optional.empty();
    }
}
