package dev.keystores.dashboard;

import dev.keystores.event.Event;
import dev.keystores.event.Follower;
import dev.keystores.event.Followers;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells an open page that something changed, so that it fetches itself anew. */
@Controller
class LiveController {

    private static final Logger log = LoggerFactory.getLogger(LiveController.class);
    private static final Duration PING = Duration.ofSeconds(15);
    private static final long NO_TIMEOUT = 0;

    private final Followers followers;

    LiveController(Followers followers) {
        this.followers = followers;
    }

    @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter live() {
        var emitter = new SseEmitter(NO_TIMEOUT);
        var follower = followers.follow();
        emitter.onCompletion(follower::close);
        emitter.onError(lost -> follower.close());
        Thread.ofVirtual().name("live-page").start(() -> tell(follower, emitter));
        return emitter;
    }

    private static void tell(Follower follower, SseEmitter emitter) {
        try (follower) {
            emitter.send(SseEmitter.event().comment("following"));
            while (!follower.closed()) {
                emitter.send(message(follower.next(PING)));
            }
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            log.debug("A page was closed: {}", gone.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static SseEmitter.SseEventBuilder message(Optional<Event> event) {
        return event.map(news -> SseEmitter.event().name("changed").data(news.type()))
                .orElseGet(() -> SseEmitter.event().comment("still here"));
    }
}
