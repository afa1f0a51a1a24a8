package dev.keystores;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class KeyStoresApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(KeyStoresApplication.class, arguments);
    }
}
