package dev.keystores;

import dev.keystores.sandbox.Sandbox;
import dev.keystores.sandbox.SandboxCannotStart;
import dev.keystores.sandbox.SandboxOptions;
import dev.keystores.sandbox.XksOptions;
import dev.keystores.sandbox.external.Patience;
import dev.keystores.sandbox.kms.model.Choices;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
        return new EmbeddedSandbox(settings.sandbox().runs(), () -> options(settings, clock));
    }

    private static SandboxOptions options(KeyStoresSettings settings, Clock clock) {
        var sandbox = settings.sandbox();
        return new SandboxOptions(
                sandbox.address(),
                sandbox.port(),
                sandbox.speed(),
                settings.dataDir().resolve("sandbox"),
                clock,
                new XksOptions(
                        sandbox.xksPort(),
                        resolved(sandbox.xks().resolve()),
                        sandbox.xks().trustedCa(),
                        Patience.ofKms()),
                new Choices(
                        sandbox.noActiveHsm() == SandboxSettings.NoActiveHsm.REFUSED,
                        sandbox.xksUpdate() == SandboxSettings.XksUpdate.ANY_STATE));
    }

    private static Map<String, String> resolved(List<String> entries) {
        var addresses = new LinkedHashMap<String, String>();
        for (var entry : entries) {
            var host = entry.substring(0, entry.indexOf('='));
            if (addresses.put(host, entry.substring(host.length() + 1)) != null) {
                throw new IllegalArgumentException("keystores.sandbox.xks.resolve: %s is given twice".formatted(host));
            }
        }
        return addresses;
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
        private final Supplier<SandboxOptions> options;
        private volatile @Nullable Sandbox running;
        private volatile boolean up;

        EmbeddedSandbox(boolean wanted, Supplier<SandboxOptions> options) {
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

        private static Sandbox started(Supplier<SandboxOptions> options) {
            try {
                return Sandbox.start(options.get());
            } catch (SandboxCannotStart | IllegalArgumentException taken) {
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
