package dev.keystores;

import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says where it is to be found and what it looks after, for whoever has just started it. */
@Component
class Ready {

    private static final Logger log = LoggerFactory.getLogger(Ready.class);
    private static final int NAMED = 20;

    private final Targets targets;
    private final Environment environment;

    Ready(Targets targets, Environment environment) {
        this.targets = targets;
        this.environment = environment;
    }

    @EventListener
    void on(WebServerInitializedEvent started) {
        if (started.getApplicationContext().getServerNamespace() != null) {
            return; // the server of the actuator, where that has one of its own
        }
        var host = environment.getProperty("server.address", "localhost").replace("127.0.0.1", "localhost");
        var all = targets.all();
        log.info(
                "Ready at http://{}:{}, looking after {} targets ({}): {}{}",
                host,
                started.getWebServer().getPort(),
                all.size(),
                targets.sandboxOnly() ? "no real AWS account among them" : "real AWS accounts",
                all.stream().limit(NAMED).map(Target::name).collect(Collectors.joining(", ")),
                all.size() > NAMED ? ", ..." : "");
    }
}
