package dev.keystores;

import dev.keystores.sandbox.Sandbox;
import dev.keystores.sandbox.SandboxCannotStart;
import dev.keystores.sandbox.SandboxOptions;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the sandbox where it is wanted; the only place that knows it. */
@Configuration(proxyBeanMethods = false)
class SandboxConfiguration {

    /** The clients of KMS. */
    private static final String CALLERS = "clients";

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

    /** An orderly stop lets the ticks end first, and they need somebody to answer: beans go after those that need them. */
    @Bean
    static BeanFactoryPostProcessor sandboxOutlivesItsCallers() {
        return beans -> {
            if (beans.containsBeanDefinition(CALLERS)) {
                beans.getBeanDefinition(CALLERS).setDependsOn("embeddedSandbox");
            }
        };
    }

    /** Up before anything looks at it, and down after the last look. */
    private static final class EmbeddedSandbox implements SmartLifecycle, DisposableBean {

        private final boolean wanted;
        private final SandboxOptions options;
        private volatile @Nullable Sandbox running;
        private volatile boolean up;

        EmbeddedSandbox(boolean wanted, SandboxOptions options) {
            this.wanted = wanted;
            this.options = options;
        }

        @Override
        public void start() {
            if (wanted && running == null) {
                running = started(options);
            }
            up = true;
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
            up = false;
        }

        @Override
        public void destroy() {
            if (running != null) {
                running.close();
            }
        }

        @Override
        public boolean isRunning() {
            return up;
        }

        @Override
        public int getPhase() {
            return Integer.MIN_VALUE;
        }
    }
}
