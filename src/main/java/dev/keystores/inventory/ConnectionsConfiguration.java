package dev.keystores.inventory;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who gets a connection of the database first. */
@Configuration(proxyBeanMethods = false)
class ConnectionsConfiguration {

    @Bean
    static BeanPostProcessor connectionsInTurn() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof HikariDataSource pool ? ConnectionsInTurn.of(pool) : bean;
            }
        };
    }
}
