package io.nucleon.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrefetchTest {

    private final Prefetch prefetch = new Prefetch(32, 1);

    @Test
    void beginsWithOneEvent() {
        assertThat(prefetch.limit()).isEqualTo(1);
    }

    @Test
    void emptyHandlersGetThirtyTwo() {
        for (int i = 0; i < 100; i++) {
            prefetch.observe(1_000);
        }

        assertThat(prefetch.limit()).isEqualTo(32);
    }

    @Test
    void aboutTwoHundredMicrosecondsOfWorkAreAhead() {
        for (int i = 0; i < 200; i++) {
            prefetch.observe(50_000);
        }

        assertThat(prefetch.limit()).isEqualTo(4);
    }

    @Test
    void aSlowAnswerCountsAtOnce() {
        for (int i = 0; i < 100; i++) {
            prefetch.observe(1_000);
        }

        prefetch.observe(5_000_000);

        assertThat(prefetch.limit()).isEqualTo(1);
    }

    @Test
    void neverLessThanWhatRunsAtTheSameTime() {
        Prefetch asynchronous = new Prefetch(16, 16);
        asynchronous.observe(5_000_000_000L);

        assertThat(asynchronous.limit()).isEqualTo(16);
    }
}
