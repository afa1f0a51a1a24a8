package dev.keystores.job;

import dev.keystores.FreshDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootContextLoader;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.MergedContextConfiguration;

/** The whole service as it runs: its own scheduler, the settings of application.yaml, real time; and looks a minute apart. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(properties = {"keystores.poll.hot=60s", "keystores.poll.warm=60s", "keystores.poll.idle=60s"})
@ContextConfiguration(loader = RunningService.Loader.class)
@Import({RunningService.Beans.class, Bench.class})
public @interface RunningService {

    final class Loader extends SpringBootContextLoader {

        @Override
        protected SpringApplication getSpringApplication() {
            var application = new SpringApplication();
            application.setDefaultProperties(SandboxOfTests.RUNNING.targets(60));
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
            return SandboxOfTests.RUNNING;
        }
    }
}
