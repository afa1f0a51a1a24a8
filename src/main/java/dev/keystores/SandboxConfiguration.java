package dev.keystores;

import dev.keystores.sandbox.Sandbox;
import dev.keystores.sandbox.SandboxCannotStart;
import dev.keystores.sandbox.SandboxOptions;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the sandbox where it is wanted; the only place that knows it. */
@Configuration(proxyBeanMethods = false)
class SandboxConfiguration {

    @Bean
    SmartLifecycle embeddedSandbox(KeyStoresSettings settings, Clock clock) {
        var sandbox = settings.sandbox();
        var options = new SandboxOptions(
                sandbox.address(),
                sandbox.port(),
                sandbox.speed(),
                settings.dataDir().resolve("sandbox"),
                clock);
        return new EmbeddedSandbox(sandbox.runs(), options);
    }

    /** Up before anything looks at it, and down after the last look. */
    private static final class EmbeddedSandbox implements SmartLifecycle {

        private final boolean wanted;
        private final SandboxOptions options;
        private volatile @Nullable Sandbox running;

        EmbeddedSandbox(boolean wanted, SandboxOptions options) {
            this.wanted = wanted;
            this.options = options;
        }

        @Override
        public void start() {
            if (wanted) {
                running = started(options);
            }
        }

        private static Sandbox started(SandboxOptions options) {
            try {
                return Sandbox.start(options);
            } catch (SandboxCannotStart taken) {
                var problem = new InvalidSettings(List.of(String.valueOf(taken.getMessage())));
                problem.initCause(taken);
                throw problem;
            }
        }

        @Override
        public void stop() {
            if (running != null) {
                running.close();
                running = null;
            }
        }

        @Override
        public boolean isRunning() {
            return running != null;
        }

        @Override
        public int getPhase() {
            return Integer.MIN_VALUE;
        }
    }
}
