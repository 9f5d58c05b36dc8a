package io.nucleon.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1 KiB",
        "65536, 64 KiB",
        "1572864, 1.5 MiB",
        "4194305, 4 MiB",
        "9856614, 9.4 MiB",
        "536870912, 512 MiB",
        "1095216660, 1.02 GiB",
        "21474836480, 20 GiB",
        "9223372036854775807, 8388608 TiB",
    })
    void sizes(long bytes, String text) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 µs",
        "412000, 412 µs",
        "1500000, 1.5 ms",
        "84000000, 84 ms",
        "2100000000, 2.1 s",
        "30000000000, 30 s",
        "600000000000, 600 s",
    })
    void lengthsOfTime(long nanos, String text) {
        assertThat(Amounts.time(Duration.ofNanos(nanos))).isEqualTo(text);
    }
}
