package dev.keystores.job;

import dev.keystores.FreshDatabase;
import dev.keystores.kms.FakeKms;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootContextLoader;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.MergedContextConfiguration;

/** The whole service and a sandbox, on one clock: ticks and time go only when the test says so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        properties = {
            "spring.autoconfigure.exclude=com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration",
            // Real time is not what these tests are about.
            "resilience4j.ratelimiter.configs.default.limit-refresh-period=1ms",
            "resilience4j.retry.configs.default.wait-duration=1ms",
            "resilience4j.circuitbreaker.configs.default.wait-duration-in-open-state=1ms"
        })
@ContextConfiguration(loader = SteppedService.Loader.class)
@Import({SteppedService.Beans.class, Bench.class})
public @interface SteppedService {

    final class Loader extends SpringBootContextLoader {

        @Override
        protected SpringApplication getSpringApplication() {
            var application = new SpringApplication();
            application.setDefaultProperties(SandboxOfTests.STEPPED.targets(500));
            return application;
        }

        @Override
        protected String[] getInlinedProperties(MergedContextConfiguration config) {
            var database = "spring.datasource.url=" + FreshDatabase.url();
            var key = "keystores.secrets.key=" + dev.keystores.RunningService.SECRETS_KEY;
            return Stream.concat(Stream.of(super.getInlinedProperties(config)), Stream.of(database, key))
                    .toArray(String[]::new);
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    class Beans {

        @Bean
        SandboxOfTests sandbox() {
            return SandboxOfTests.STEPPED;
        }

        @Bean
        FakeKms fakeKms() {
            SandboxOfTests.FAKE.shows();
            return SandboxOfTests.FAKE;
        }

        @Bean
        @Primary
        Clock steppedClock() {
            return SandboxOfTests.TIME;
        }
    }
}
