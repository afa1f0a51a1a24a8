package dev.keystores.job;

/** The job has ended, so that nothing about it can change any more. */
public final class JobHasEnded extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Job job;

    JobHasEnded(Job job) {
        super("job %s has ended: %s".formatted(job.id(), job.status()));
        this.job = job;
    }

    public Job job() {
        return job;
    }
}
