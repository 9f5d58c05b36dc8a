package io.nucleon.wrapper;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.wrapper.Segment.Area;
import org.junit.jupiter.api.Test;

class ResponseArenaTest {

    private static final int CHUNK = 4096;
    private static final Area AREA = new Area(8192, 4 * CHUNK);

    private final ResponseArena arena = new ResponseArena(AREA, CHUNK);

    @Test
    void aRunThatBeginsWhereTheLastOneEndedAtTheEndBeginsAtTheStart() {
        assertThat(arena.claim(2 * CHUNK, 0, 64)).isEqualTo(AREA.offset());
        assertThat(arena.claim(2 * CHUNK, 0, 128)).isEqualTo(AREA.offset() + 2 * CHUNK);

        assertThat(arena.claim(CHUNK, 128, 192)).isEqualTo(AREA.offset());
    }

    @Test
    void aRunNeverStraddlesTheEnd() {
        arena.claim(3 * CHUNK, 0, 64);
        assertThat(arena.claim(1, 0, 128)).isEqualTo(AREA.offset() + 3 * CHUNK);

        assertThat(arena.claim(2 * CHUNK, 128, 192)).isEqualTo(AREA.offset());
    }

    @Test
    void nothingIsGivenOutTwice() {
        arena.claim(4 * CHUNK, 0, 64);

        assertThat(arena.claim(1, 64, 128)).isEqualTo(-1);
        assertThat(arena.claim(1, 65, 128)).isEqualTo(AREA.offset());
    }
}
