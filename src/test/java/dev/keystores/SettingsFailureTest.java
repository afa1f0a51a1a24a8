package dev.keystores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What somebody reads who has started it with wrong settings. */
@ExtendWith(OutputCaptureExtension.class)
class SettingsFailureTest {

    @Test
    void saysEverythingOnceAndShowsNoStackTrace(CapturedOutput output) {
        assertThatThrownBy(() -> SpringApplication.run(
                        KeyStoresApplication.class,
                        "--keystores.target[0].name=prod",
                        "--keystores.poll.hot=soon",
                        "--keystores.security.users[0].name=oscar",
                        "--keystores.security.users[0].password=not-a-hash",
                        "--keystores.security.users[0].role=operator"))
                .isInstanceOf(InvalidSettings.class);

        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "The settings are not right:",
                        "  - keystores.poll.hot: \"soon\" is not a Duration",
                        "  - keystores.security.users[0].password: must be a bcrypt hash, as htpasswd -nbBC 12 makes it",
                        "  - keystores.target[0].name: there is no such setting",
                        "Correct them and start again. README.md lists every setting.")
                .doesNotContain("not-a-hash", "\tat dev.keystores", "Caused by");
    }
}
