package dev.keystores.api;

import dev.keystores.event.Event;
import dev.keystores.event.Follower;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * What one listener is told. The id of each message is the greatest number told so far, so that whoever comes back while he
 * still hears what he may have heard before doesn't go back further each time.
 */
final class EventStream {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);
    private static final Duration PING = Duration.ofSeconds(15);

    private final SseEmitter emitter;
    private long place;

    /**
     * @param place the number after which it begins, from which on it can be resumed before anything has happened
     */
    EventStream(SseEmitter emitter, long place) {
        this.emitter = emitter;
        this.place = place;
    }

    /** Until one of the two has enough. */
    void tell(Follower follower, boolean reset) {
        try (follower) {
            emitter.send(first(reset));
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

    private SseEmitter.SseEventBuilder first(boolean reset) {
        var first = SseEmitter.event().id(String.valueOf(place));
        return reset
                ? first.name("reset").data(new Reset("events since then are no longer kept: ask for what you follow"))
                : first.comment("following");
    }

    private SseEmitter.SseEventBuilder message(Optional<Event> event) {
        return event.map(this::message).orElseGet(() -> SseEmitter.event().comment("still here"));
    }

    private SseEmitter.SseEventBuilder message(Event event) {
        place = Math.max(place, event.id());
        return SseEmitter.event()
                .id(String.valueOf(place))
                .name(event.type())
                .data(EventController.EventView.from(event), MediaType.APPLICATION_JSON);
    }

    record Reset(String detail) {}
}
