package dev.keystores.api;

import dev.keystores.event.Event;
import dev.keystores.event.Followers;
import dev.keystores.keystore.KeyStoreId;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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

    private static final String LAST = "Last-Event-ID";
    private static final Pattern ID = Pattern.compile("\\d{1,18}");
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
        var known = last == null ? Optional.<Long>empty() : Optional.of(number(last));
        var resumed = known.flatMap(followers::resume);
        // Before it follows: what comes in between is told twice then, not never.
        var place = resumed.isPresent() ? known.get() : followers.lastEvent();
        var follower = resumed.orElseGet(followers::follow);
        var emitter = new SseEmitter(NO_TIMEOUT);
        emitter.onCompletion(follower::close);
        emitter.onError(lost -> follower.close());
        var reset = known.isPresent() && resumed.isEmpty();
        Thread.ofVirtual().name("event-stream").start(() -> new EventStream(emitter, place).tell(follower, reset));
        return emitter;
    }

    private static long number(String last) {
        if (!ID.matcher(last).matches()) {
            throw new ProblemException(Problem.INVALID_PARAMETER, LAST + ": must be the id of an event");
        }
        return Long.parseLong(last);
    }

    /**
     * Something changed.
     *
     * @param id its number, by which it is known again where it is told twice
     * @param keyStoreId the key store it is about; null for a target, and for a job whose key store has no id yet
     * @param jobId the job it is about; null for a key store or target
     * @param link where to ask how it is now
     * @param version the version its subject has now, 0 for a target
     */
    record EventView(
            long id,
            Instant at,
            String target,
            @Nullable String keyStoreId,
            @Nullable String jobId,
            long version,
            String link) {

        static EventView from(Event event) {
            return new EventView(
                    event.id(),
                    event.at(),
                    event.target(),
                    event.keyStoreId(),
                    event.jobId(),
                    event.version(),
                    link(event));
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
