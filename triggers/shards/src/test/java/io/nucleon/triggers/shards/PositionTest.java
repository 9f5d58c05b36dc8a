package io.nucleon.triggers.shards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    @Test
    void readsWhatItHasWritten() {
        for (Position position : new Position[] {
            Position.START,
            Position.END,
            Position.after("495903"),
            Position.after("$"),
            Position.atTime(1_480_642_020_123L)
        }) {
            assertThat(Position.read(position.written())).isEqualTo(position);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "@12x", "@-5", "@9999999999999999999", ">", "?", "495903"})
    void beginsAtTheStartWhereItCannotReadAPosition(String written) {
        assertThat(Position.read(written)).isEqualTo(Position.START);
    }
}
