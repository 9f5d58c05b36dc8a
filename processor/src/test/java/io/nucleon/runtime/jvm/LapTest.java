package io.nucleon.runtime.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LapTest {

    @Test
    void quickEventsShareMoreAndMoreLooksAtTheClock() {
        Lap lap = new Lap(8);
        int[] laps = new int[5];
        for (int i = 0; i < laps.length; i++) {
            laps[i] = lap.events();
            lap.over(laps[i], 50L * laps[i]);
        }

        assertThat(laps).containsExactly(1, 2, 4, 8, 8);
    }

    @Test
    void quickOnesTookTheirMeanAndOneThatWasHeldUpTheRest() {
        Lap lap = new Lap(8);
        lap.over(1, 60);
        lap.over(2, 100);

        assertThat(lap.over(4, 240)).isEqualTo(60);
        assertThat(lap.over(8, 10_000_000)).as("each but the last").isEqualTo(60);
        assertThat(lap.events()).isEqualTo(1);
    }

    @Test
    void slowEventsAreTimedAlone() {
        Lap lap = new Lap(8);
        lap.over(1, 1_000_000);

        assertThat(lap.events()).isEqualTo(1);
    }

    @Test
    void whereEachIsTimedAloneNoneShare() {
        Lap lap = new Lap(1);
        lap.over(1, 50);

        assertThat(lap.events()).isEqualTo(1);
    }
}
