package dev.keystores.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessNameTest {

    private static final String POD = "key-store-connector-6b7f9c5d4-x2x7q.keystores.svc.cluster.local";

    /** db-scheduler cuts what is longer, and would not find it again. */
    @Test
    void isNoLongerThanWhatIsKept() {
        assertThat(new ProcessName(POD).getName()).hasSize(50).contains(" key-store-co");
        assertThat(new ProcessName("vm").getName()).hasSizeLessThan(50).endsWith(" vm");
    }

    @Test
    void isAnotherForEachProcessOfAHost() {
        assertThat(new ProcessName(POD).getName()).isNotEqualTo(new ProcessName(POD).getName());
    }
}
