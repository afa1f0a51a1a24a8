package dev.keystores.kms;

import dev.keystores.target.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * What the calls of a turn are signed with: the default chain's credentials, or those of the target's role. A look's are
 * kept, and renewed before they end; a call of a job has a session of its own.
 */
final class Credentials {

    /** The shortest session that STS gives (STS API Reference, AssumeRole). */
    private static final int SECONDS = 900;

    private final AwsCredentialsProvider chain =
            DefaultCredentialsProvider.builder().build();
    private final Map<String, Assumed> assumed = new ConcurrentHashMap<>();

    private record Assumed(Target target, StsAssumeRoleCredentialsProvider provider) {

        boolean isOf(Target other) {
            return target.equals(other);
        }
    }

    /** The service's own, with which it assumes the roles; at a sandbox those of an account there. */
    AwsCredentialsProvider own(Target target) {
        return target.real()
                ? chain
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(target.accessKeyOfSandbox(), "no-secret"));
    }

    /** May ask STS. */
    AwsCredentials of(Turn turn, StsClient sts) {
        var target = turn.target();
        if (target.roleArn() == null) {
            return own(target).resolveCredentials();
        }
        if (turn.looks()) {
            return kept(turn, sts).resolveCredentials();
        }
        try (var once = session(turn, sts, SECONDS)) {
            return once.resolveCredentials();
        }
    }

    private StsAssumeRoleCredentialsProvider kept(Turn turn, StsClient sts) {
        var its = assumed.compute(turn.target().name(), (name, known) -> {
            if (known != null && known.isOf(turn.target())) {
                return known;
            }
            if (known != null) {
                known.provider().close();
            }
            return new Assumed(turn.target(), session(turn, sts, null));
        });
        return its.provider();
    }

    private static StsAssumeRoleCredentialsProvider session(Turn turn, StsClient sts, @Nullable Integer seconds) {
        var target = turn.target();
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> request.roleArn(target.roleArn())
                        .externalId(target.externalId())
                        .roleSessionName(turn.session())
                        .durationSeconds(seconds))
                .build();
    }

    void close() {
        assumed.values().forEach(its -> its.provider().close());
    }
}
