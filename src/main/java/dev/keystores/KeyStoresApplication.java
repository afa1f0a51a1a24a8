package dev.keystores;

import dev.keystores.api.ApiSettings;
import dev.keystores.event.EventSettings;
import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.KeyStoresHealth;
import dev.keystores.inventory.TargetStates;
import dev.keystores.job.JobSettings;
import dev.keystores.job.PollSettings;
import dev.keystores.job.SandboxSpeed;
import dev.keystores.secret.Secrets;
import dev.keystores.security.OwnHosts;
import dev.keystores.security.SecuritySettings;
import dev.keystores.target.Loopback;
import dev.keystores.target.TargetLabels;
import dev.keystores.target.Targets;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationExcludeFilter;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Connects AWS KMS custom key stores; or, with {@code keystores.sandbox.only}, is just a stand-in for KMS. */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(SandboxConfiguration.class)
public class KeyStoresApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(KeyStoresApplication.class, arguments);
    }

    /** To the millisecond: what every database and every JSON keeps. */
    @Bean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    /** All of the service, and the settings that each of its features asks for. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "keystores.sandbox.only", havingValue = "false", matchIfMissing = true)
    @EnableAutoConfiguration
    @ComponentScan(
            basePackages = "dev.keystores",
            excludeFilters = {
                @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
                @ComponentScan.Filter(type = FilterType.CUSTOM, classes = AutoConfigurationExcludeFilter.class)
            })
    static class Service {

        @Bean
        PollSettings pollSettings(KeyStoresSettings settings) {
            return settings.poll();
        }

        @Bean
        JobSettings jobSettings(KeyStoresSettings settings) {
            return settings.job();
        }

        @Bean
        ApiSettings apiSettings(KeyStoresSettings settings) {
            return settings.api();
        }

        @Bean
        EventSettings eventSettings(KeyStoresSettings settings) {
            return settings.event();
        }

        @Bean
        TargetLabels targetLabels(Targets targets, KeyStoresSettings settings) {
            return new TargetLabels(targets, settings.metrics());
        }

        @Bean
        SecuritySettings securitySettings(KeyStoresSettings settings) {
            return settings.security();
        }

        /**
         * The embedded database is one process's, and with sandboxes alone nothing is at stake: such a process may make a key for
         * itself. Replicas have to be given the same one.
         */
        @Bean
        Secrets secrets(KeyStoresSettings settings, Targets targets, Environment environment) {
            var embedded = environment
                    .getRequiredProperty("spring.datasource.url")
                    .equals(EmbeddedDatabase.url(settings.dataDir()));
            return embedded && targets.sandboxOnly()
                    ? Secrets.withOwnKey(settings.secrets(), settings.dataDir(), targets::sandboxOnly)
                    : Secrets.of(settings.secrets());
        }

        @Bean
        KeyStoresHealth keystoresHealthContributor(
                Inventory inventory,
                Targets configured,
                TargetStates targets,
                KeyStoresSettings settings,
                Clock clock) {
            return new KeyStoresHealth(
                    inventory, configured, targets, settings.job().consistencyGrace(), clock);
        }

        /** Without a log-in only loopback names may be used, so that no web page can get here by a name of its own. */
        @Bean
        OwnHosts ownHosts() {
            return new OwnHosts(Loopback::isLoopback);
        }

        @Bean
        SandboxSpeed sandboxSpeed(KeyStoresSettings settings) {
            return new SandboxSpeed(settings.sandbox().speed());
        }
    }
}
