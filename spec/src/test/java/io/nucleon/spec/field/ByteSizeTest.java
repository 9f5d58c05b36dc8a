package io.nucleon.spec.field;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "512Mi, 536870912",
        "20GiB, 21474836480",
        "1k, 1000",
        "1.5Ki, 1536",
        "1e3, 1000",
        "1m, 1",
        "5B, 5"
    })
    void readsSizes(String text, long bytes) {
        assertThat(ByteSize.parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mi", "-1", "1X", "1e999999999", "9Ei9", "16Ei", "one", "1 Mi"})
    void refusesOthers(String text) {
        assertThat(ByteSize.parse(text)).isEmpty();
    }
}
