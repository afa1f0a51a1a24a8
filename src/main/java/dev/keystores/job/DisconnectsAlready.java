package dev.keystores.job;

/** A job was to be cancelled for a disconnect, and is one. */
public final class DisconnectsAlready extends RuntimeException {

    private static final long serialVersionUID = 1;

    DisconnectsAlready(Job job) {
        super("job %s disconnects %s already".formatted(job.id(), job.subject()));
    }
}
