package dev.keystores.job;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootContextLoader;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** The whole service as it runs: its own scheduler, the settings of application.yaml, real time; and looks a minute apart. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:running;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
                    + ";DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000",
            "keystores.poll.hot=60s",
            "keystores.poll.warm=60s",
            "keystores.poll.idle=60s"
        })
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
    }

    @TestConfiguration(proxyBeanMethods = false)
    class Beans {

        @Bean
        SandboxOfTests sandbox() {
            return SandboxOfTests.RUNNING;
        }
    }
}
