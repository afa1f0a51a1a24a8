package dev.keystores;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.keystores.Forgetting.Kept;
import dev.keystores.api.FirstAnswers;
import dev.keystores.event.EventLog;
import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.Transactions;
import dev.keystores.job.Jobs;
import dev.keystores.security.Audit;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is kept for how long, and the task that deletes it afterwards, on one replica at a time. */
@Configuration(proxyBeanMethods = false)
class Retention {

    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final Clock clock;

    Retention(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Bean
    Forgetting forgetting(
            KeyStoresSettings settings,
            Jobs jobs,
            Inventory inventory,
            EventLog events,
            FirstAnswers answers,
            Audit audit) {
        return new Forgetting(
                List.of(
                        new Kept("jobs", settings.job().retention(), jobs::forget),
                        new Kept("state changes", settings.inventory().historyRetention(), inventory::forgetHistory),
                        new Kept("events", settings.event().retention(), events::forget),
                        new Kept("first answers", settings.api().idempotencyRetention(), answers::forget),
                        new Kept("audit records", settings.security().auditRetention(), audit::forget)),
                transactions,
                clock);
    }

    @Bean
    Task<Void> forgetWhatIsOld(Forgetting forgetting) {
        return Tasks.recurring("forget-what-is-old", FixedDelay.of(INTERVAL))
                .execute((instance, context) ->
                        forgetting.run(() -> context.getSchedulerState().isShuttingDown()));
    }
}
