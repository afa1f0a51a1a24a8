package dev.keystores.job;

/** Another change runs on the key store; one at a time. */
public final class KeyStoreBusy extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Job running;

    KeyStoreBusy(Job running) {
        super("%s is %s on %s"
                .formatted(
                        running.change().kind(),
                        running.cancellation() == null ? "running" : "being cancelled",
                        running.about()));
        this.running = running;
    }

    public Job running() {
        return running;
    }
}
