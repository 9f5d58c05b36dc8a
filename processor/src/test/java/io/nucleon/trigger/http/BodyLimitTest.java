package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyLimitTest {

    private static final int LIMIT = 4 << 20;

    @Test
    void bothAsSizes() {
        assertThat(BodyLimit.what(9_856_614, LIMIT)).isEqualTo("body of 9.4 MiB is over the limit of 4 MiB");
    }

    @Test
    void inBytesWhereTheSizesWouldLookTheSame() {
        assertThat(BodyLimit.what(LIMIT + 1, LIMIT)).isEqualTo("body of 4194305 bytes is over the limit of 4194304");
    }

    @Test
    void aLengthThatWasNotDeclared() {
        assertThat(BodyLimit.what(BodyLimit.UNKNOWN, LIMIT)).isEqualTo("body is over the limit of 4 MiB");
    }
}
