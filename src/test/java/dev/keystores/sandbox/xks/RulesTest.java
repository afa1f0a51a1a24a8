package dev.keystores.sandbox.xks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keystores.sandbox.xks.key.ExternalKey;
import dev.keystores.sandbox.xks.key.KeyStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What may be said of a proxy and of a key. */
class RulesTest {

    private static final Proxy READY = Proxy.ready("a.example");
    private static final Instant NOW = Call.START;

    @Test
    void limitsHosts() {
        refuses("host: must be", () -> Proxy.ready("https://a.example"));
        refuses("host: must be", () -> Proxy.ready("A.example"));
    }

    @Test
    void limitsPathPrefixes() {
        assertThatCode(() -> Access.ready().withPathPrefix("/a-b/c_d")).doesNotThrowAnyException();
        for (String wrong : List.of("a", "/a/", "/", "/a.b", "/a//b", "/" + "a".repeat(117))) {
            refuses("pathPrefix: must be", () -> Access.ready().withPathPrefix(wrong));
        }
    }

    @Test
    void takesOneOrTwoDifferentCredentials() {
        ProxyCredential one = ProxyCredential.DEFAULT;
        refuses("credentials: must be", () -> Access.ready().withCredentials());
        refuses("credentials: must be", () -> Access.ready().withCredentials(one, one));
        refuses("accessKeyId: must be", () -> new ProxyCredential("short", one.secretAccessKey()));
        refuses("secretAccessKey: must be", () -> new ProxyCredential(one.accessKeyId(), "short"));
    }

    @Test
    void limitsAnswers() {
        refuses("answerMillis: must be", () -> READY.withAnswerTime(Duration.ofMillis(-1)));
        refuses("answerMillis: must be", () -> READY.withAnswerTime(Duration.ofHours(2)));
        refuses("keyManagers: must be", () -> Answers.ready().withKeyManagers(List.of()));
        List<KeyManagerHealth> eleven = Collections.nCopies(11, KeyManagerHealth.ACTIVE);
        refuses("keyManagers: must be", () -> Answers.ready().withKeyManagers(eleven));
    }

    @Test
    void limitsTheEndOfACertificate() {
        refuses("certificateExpires: must be", () -> READY.withCertificateExpires(Instant.MAX));
    }

    @Test
    void limitsKeys() {
        ExternalKey key = ExternalKey.generated("k");
        refuses("id: must be", () -> ExternalKey.generated("a/b"));
        refuses("id: must be", () -> ExternalKey.generated("a".repeat(129)));
        refuses("keySpec: must be", () -> key.withKeySpec("aes"));
        refuses("material: must be", () -> new ExternalKey("k", "AAAA", KeyStatus.ENABLED, Set.of(), "AES_256"));
    }

    @Test
    void showsNoMaterial() {
        ExternalKey key = ExternalKey.generated("k");
        assertThat(key.toString()).contains("k").doesNotContain(key.material());
    }

    private static void refuses(String message, ThrowingCallable making) {
        assertThatIllegalArgumentException().isThrownBy(making).withMessageStartingWith(message);
    }
}
