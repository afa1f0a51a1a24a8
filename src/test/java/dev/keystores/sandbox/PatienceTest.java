package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.external.Patience;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.XksProxyUriUnreachableException;

/** A sandbox as everybody starts it waits for a proxy as long as KMS does; the tests' own ones wait longer. */
class PatienceTest {

    @Test
    void waitsAQuarterOfASecondAndNoLonger() {
        assertThat(Patience.ofKms().answer()).isEqualTo(Duration.ofMillis(250));
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory(Clock.systemUTC()));
                KmsClient kms = client(sandbox)) {
            sandbox.control().proxy(Stage.SPARE_HOST).answersIn(Duration.ofMillis(400));

            assertThatThrownBy(() -> kms.createCustomKeyStore(Stage.at("mine", Stage.SPARE_HOST)))
                    .isInstanceOf(XksProxyUriUnreachableException.class);
        }
    }

    private static KmsClient client(Sandbox sandbox) {
        return KmsClient.builder()
                .httpClient(ApacheHttpClient.create())
                .endpointOverride(sandbox.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(RunningSandbox.ACCOUNT, "any")))
                .build();
    }
}
