package dev.keystores.job;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** How long jobs take, from acceptance to their end, by kind and outcome. */
@Component
class JobMeters {

    private final MeterRegistry meters;

    JobMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    @TransactionalEventListener
    void on(JobChanged changed) {
        var job = changed.job();
        if (job.end() != null) {
            meters.timer(
                            "keystores.job.duration",
                            "kind",
                            job.change().kind().name(),
                            "outcome",
                            job.status().name())
                    .record(Duration.between(
                            job.progress().createdAt(), job.end().at()));
        }
    }
}
