package dev.keystores.secret;

import dev.keystores.keystore.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps the secrets of changes while their jobs run, and reads those that lie in files. */
public final class Secrets {

    private static final int LONGEST_ARN = 2048;
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*+:secretsmanager:[a-z0-9-]++:\\d{12}:secret:[\\w/+=.@-]{1,519}");

    private final @Nullable SecretBox box;
    private final SecretFiles files;
    private final BooleanSupplier takesText;

    private Secrets(@Nullable SecretBox box, SecretFiles files, BooleanSupplier takesText) {
        this.box = box;
        this.files = files;
        this.takesText = takesText;
    }

    /** As the settings say; without a key no secret can be given as text, only referred to. */
    public static Secrets of(SecretSettings settings) {
        var box = settings.box().orElse(null);
        return new Secrets(box, new SecretFiles(settings.directory()), () -> box != null);
    }

    /**
     * Where the settings have no key, with one of its own in the data directory.
     *
     * @param sandboxOnly whether nothing but a sandbox is at stake now: no other secret is taken under such a key
     */
    public static Secrets withOwnKey(SecretSettings settings, Path dataDir, BooleanSupplier sandboxOnly) {
        var given = settings.box();
        return new Secrets(
                given.orElseGet(() -> OwnKey.in(dataDir)),
                new SecretFiles(settings.directory()),
                () -> given.isPresent() || sandboxOnly.getAsBoolean());
    }

    /** The rule that a secret breaks by the way it is given. */
    public Optional<String> rule(Secret secret) {
        return switch (secret) {
            case Secret.Given given ->
                !takesText.getAsBoolean()
                        ? Optional.of("can't be given as text, since neither keystores.secrets.key nor"
                                + " keystores.secrets.key-file is set: refer to it by secretsManager or file")
                        : Optional.empty();
            case Secret.Stored stored ->
                stored.arn().length() <= LONGEST_ARN
                                && ARN.matcher(stored.arn()).matches()
                        ? Optional.empty()
                        : Optional.of("secretsManager must be the ARN of a secret, such as"
                                + " arn:aws:secretsmanager:eu-central-1:111122223333:secret:name-AbCdEf");
            case Secret.InFile file -> files.rule(file.name());
            case Secret.Sealed sealed -> Optional.of("must be given");
            case Secret.Erased erased -> Optional.of("must be given");
        };
    }

    /**
     * What may be written down of a secret.
     *
     * @param job alone for which it can be opened again
     */
    public Secret sealed(String job, Secret secret) {
        if (!(secret instanceof Secret.Given given)) {
            return secret;
        }
        if (box == null) {
            throw new IllegalStateException("there is no key to seal a secret with");
        }
        return new Secret.Sealed(box.seal(job, given.value()));
    }

    /**
     * What {@link #sealed} has made, as it was given; any other stays as it is.
     *
     * @throws SecretUnreadable when it was sealed under another key
     */
    public Secret opened(String job, Secret secret) {
        return secret instanceof Secret.Sealed sealed ? new Secret.Given(open(job, sealed)) : secret;
    }

    /**
     * The content of a file.
     *
     * @throws SecretUnreadable when there is none, or none below the directory
     */
    public String read(Secret.InFile file) {
        return files.read(file.name());
    }

    /** By which a request that may hold secrets is known again: 64 hexadecimal digits, under the key where there is one. */
    public String fingerprint(String text) {
        return box == null ? digest(text) : box.fingerprint(text);
    }

    private String open(String job, Secret.Sealed sealed) {
        return Optional.ofNullable(box)
                .flatMap(known -> known.open(job, sealed.box()))
                .orElseThrow(() -> new SecretUnreadable(
                        "it was sealed under another key than keystores.secrets.key is now; ask again", null));
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException every) {
            throw new IllegalStateException("every Java has SHA-256", every);
        }
    }
}
