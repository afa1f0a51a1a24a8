package dev.keystores.api;

import dev.keystores.api.FirstAnswers.FirstAnswer;
import dev.keystores.inventory.Transactions;
import dev.keystores.job.Request;
import dev.keystores.secret.Secrets;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Carries a request out once, however often it comes with the same {@link IdempotencyKey}: the first answer and what it
 * tells of are kept in one transaction. A problem is not kept, so that the key can be used again once it is solved.
 */
@Component
class Once {

    static final String REPLAYED = "Idempotency-Replayed";

    private final FirstAnswers answers;
    private final Transactions transactions;
    private final JsonMapper json;
    private final Secrets secrets;
    private final Duration retention;
    private final Clock clock;

    Once(
            FirstAnswers answers,
            Transactions transactions,
            JsonMapper json,
            Secrets secrets,
            ApiSettings settings,
            Clock clock) {
        this.answers = answers;
        this.transactions = transactions;
        this.json = json;
        this.secrets = secrets;
        this.retention = settings.idempotencyRetention();
        this.clock = clock;
    }

    /**
     * @param body what else the request says; the same record for the same meaning
     * @param found what is to be changed; looked up outside the transaction, and not where the answer is known
     * @param change carried out within the transaction, which may be run anew
     */
    <T> ResponseEntity<?> answer(
            HttpServletRequest http, Object body, Supplier<T> found, Function<T, ? extends ResponseEntity<?>> change) {
        var key = IdempotencyKey.of(http);
        if (key.isEmpty()) {
            return change.apply(found.get());
        }
        var ask = new Ask(Request.name(http.getRemoteUser()), key.get(), fingerprint(http, body));
        return known(ask).orElseGet(() -> {
            var what = found.get();
            return transactions.inOne(() -> first(ask, () -> change.apply(what)));
        });
    }

    private record Ask(String caller, IdempotencyKey key, String fingerprint) {}

    private ResponseEntity<?> first(Ask ask, Supplier<? extends ResponseEntity<?>> change) {
        if (!answers.begin(ask.caller(), ask.key(), ask.fingerprint(), clock.instant())) {
            return known(ask).orElseThrow();
        }
        var answer = change.get();
        answers.keep(ask.caller(), ask.key(), kept(ask, answer));
        return answer;
    }

    private Optional<ResponseEntity<?>> known(Ask ask) {
        var known = answers.find(ask.caller(), ask.key());
        if (known.isPresent() && known.get().createdAt().plus(retention).isBefore(clock.instant())) {
            answers.forget(ask.caller(), ask.key(), known.get().createdAt());
            return Optional.empty();
        }
        return known.map(first -> replayed(ask, first));
    }

    private static ResponseEntity<?> replayed(Ask ask, FirstAnswer first) {
        if (!first.fingerprint().equals(ask.fingerprint())) {
            throw new ProblemException(
                    Problem.IDEMPOTENCY_KEY_REUSED,
                    "%s: %s came with another request before; a key names one request"
                            .formatted(IdempotencyKey.HEADER, ask.key().value()));
        }
        var answer = ResponseEntity.status(first.status())
                .contentType(MediaType.APPLICATION_JSON)
                .header(REPLAYED, "true");
        Optional.ofNullable(first.location()).ifPresent(place -> answer.header(HttpHeaders.LOCATION, place));
        Optional.ofNullable(first.retryAfter()).ifPresent(time -> answer.header(HttpHeaders.RETRY_AFTER, time));
        return answer.body(first.body());
    }

    private FirstAnswer kept(Ask ask, ResponseEntity<?> answer) {
        var headers = answer.getHeaders();
        return new FirstAnswer(
                ask.fingerprint(),
                clock.instant(),
                answer.getStatusCode().value(),
                headers.getFirst(HttpHeaders.LOCATION),
                headers.getFirst(HttpHeaders.RETRY_AFTER),
                json.writeValueAsString(answer.getBody()));
    }

    /** Under a key: there may be secrets in it. */
    private String fingerprint(HttpServletRequest http, Object body) {
        var query = new TreeMap<String, List<String>>();
        http.getParameterMap().forEach((name, values) -> query.put(name, List.of(values)));
        var request = json.writeValueAsString(List.of(http.getMethod(), http.getRequestURI(), query, body));
        return secrets.fingerprint(request);
    }
}
