package dev.keystores.job;

/** What became of one of many changes that were submitted together. */
public sealed interface Submitted {

    record Accepted(Job job) implements Submitted {}

    /**
     * @param why {@link KeyStoreBusy} or {@link KeyStoreGone}
     */
    record Refused(RuntimeException why) implements Submitted {}
}
