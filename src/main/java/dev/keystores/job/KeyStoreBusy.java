package dev.keystores.job;

/** Another change runs on the key store; one at a time. */
public final class KeyStoreBusy extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Job running;

    KeyStoreBusy(Job running) {
        super("%s is running on %s".formatted(running.change().kind(), running.subject()));
        this.running = running;
    }

    public Job running() {
        return running;
    }
}
