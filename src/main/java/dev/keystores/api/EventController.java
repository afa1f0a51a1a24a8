package dev.keystores.api;

import dev.keystores.event.Event;
import dev.keystores.event.Follower;
import dev.keystores.event.Followers;
import dev.keystores.keystore.KeyStoreId;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What changed, as it changes; at least once, and from any replica on (HTML Living Standard, server-sent events). */
@Tag(name = "Events")
@RestController
@RequestMapping(Links.ROOT + "/events")
class EventController {

    private static final Logger log = LoggerFactory.getLogger(EventController.class);
    private static final String LAST = "Last-Event-ID";
    private static final Pattern ID = Pattern.compile("\\d{1,18}");
    private static final Duration PING = Duration.ofSeconds(15);
    private static final long NO_TIMEOUT = 0;

    private final Followers followers;

    EventController(Followers followers) {
        this.followers = followers;
    }

    /**
     * What changes, as a stream of server-sent events: each at least once. Events are named {@code job},
     * {@code key-store} or {@code target}; {@code reset} says that some were missed and are no longer kept. Every 15
     * seconds there is a comment.
     *
     * @param last the id of the last event heard, from this replica or another: the stream goes on after it
     */
    @ApiResponse(
            responseCode = "200",
            description = "A stream without end. Its data:",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = EventView.class)))
    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(@RequestHeader(name = LAST, required = false) @Nullable String last) {
        var told = last == null ? Optional.<Follower>empty() : followers.resume(number(last));
        var reset = last != null && told.isEmpty();
        // Before it follows: what comes in between is told twice then, not never.
        var from = followers.lastEvent();
        var follower = told.orElseGet(followers::follow);
        var emitter = new SseEmitter(NO_TIMEOUT);
        emitter.onCompletion(follower::close);
        emitter.onError(lost -> follower.close());
        var first = told.isPresent() ? SseEmitter.event().comment("resumed") : first(from, reset);
        Thread.ofVirtual().name("event-stream").start(() -> tell(follower, emitter, first));
        return emitter;
    }

    /** From this number on it can be resumed, also before anything has happened. */
    private static SseEmitter.SseEventBuilder first(long from, boolean reset) {
        var first = SseEmitter.event().id(String.valueOf(from));
        return reset
                ? first.name("reset").data(new Reset("events since then are no longer kept: ask for what you follow"))
                : first.comment("following");
    }

    private static long number(String last) {
        if (!ID.matcher(last).matches()) {
            throw new ProblemException(Problem.INVALID_PARAMETER, LAST + ": must be the id of an event");
        }
        return Long.parseLong(last);
    }

    private static void tell(Follower follower, SseEmitter emitter, SseEmitter.SseEventBuilder first) {
        try (follower) {
            emitter.send(first);
            while (!follower.closed()) {
                emitter.send(message(follower.next(PING)));
            }
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            log.debug("A stream was closed: {}", gone.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            // Whoever listens comes back with the id of the last event.
            log.warn("Events could not be told: {}", fault.getMessage());
            emitter.completeWithError(fault);
        }
    }

    private static SseEmitter.SseEventBuilder message(Optional<Event> event) {
        return event.map(news -> SseEmitter.event()
                        .id(String.valueOf(news.id()))
                        .name(news.type())
                        .data(EventView.from(news), MediaType.APPLICATION_JSON))
                .orElseGet(() -> SseEmitter.event().comment("still here"));
    }

    record Reset(String detail) {}

    /**
     * Something changed.
     *
     * @param keyStoreId the key store it is about; null for a target
     * @param jobId the job it is about; null for a key store or target
     * @param link where to ask how it is now
     * @param version the version its subject has now, 0 for a target
     */
    record EventView(
            Instant at,
            String target,
            @Nullable String keyStoreId,
            @Nullable String jobId,
            long version,
            String link) {

        static EventView from(Event event) {
            return new EventView(
                    event.at(), event.target(), event.keyStoreId(), event.jobId(), event.version(), link(event));
        }

        private static String link(Event event) {
            if (event.jobId() != null) {
                return Links.job(event.jobId());
            }
            return event.keyStoreId() == null
                    ? Links.target(event.target())
                    : Links.keyStore(event.target(), new KeyStoreId(event.keyStoreId()));
        }
    }
}
