package dev.keystores.kms;

import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/** Makes one call within its turn, and one {@link KmsException} of whatever goes wrong with it. */
@Component
class Calling {

    private static final Logger log = LoggerFactory.getLogger(Calling.class);

    private final Clients clients;

    Calling(Clients clients) {
        this.clients = clients;
    }

    /** @param action the IAM action that allows it */
    <R> R call(Turn turn, String action, Function<AwsRequestOverrideConfiguration, R> call) {
        return call(turn, action, OpenProperties.NONE, call);
    }

    /** @param properties whose secrets nothing that comes of it may repeat */
    <R> R call(Turn turn, String action, OpenProperties properties, Function<AwsRequestOverrideConfiguration, R> call) {
        try {
            return made(turn, action, call);
        } catch (KmsException failure) {
            throw properties.hiddenIn(failure);
        }
    }

    private <R> R made(Turn turn, String action, Function<AwsRequestOverrideConfiguration, R> call) {
        var target = turn.target();
        try {
            return ScopedValue.where(LeasedHttp.LEASE, turn.lease()).call(() -> call.apply(prepared(turn)));
        } catch (KmsException notAsked) {
            throw notAsked;
        } catch (AwsServiceException answer) {
            throw Failures.of(answer, action, target);
        } catch (LeaseEnded | SdkException noAnswer) {
            throw Failures.of(noAnswer, target);
        } catch (RuntimeException fault) {
            // Nothing that goes wrong with one target may end the looks at it: it shows, and is tried again.
            log.error("{} in {} broke off", action, target.name(), fault);
            throw Failures.brokenOff(fault, target);
        }
    }

    /** For the credentials STS may have to be asked: whatever goes wrong there, nothing was asked of KMS. */
    private AwsRequestOverrideConfiguration prepared(Turn turn) {
        try {
            return clients.call(turn);
        } catch (StsException role) {
            throw Failures.ofRole(role, turn.target());
        } catch (LeaseEnded | SdkException noCredentials) {
            throw Failures.ofCredentials(noCredentials, turn.target());
        }
    }
}
