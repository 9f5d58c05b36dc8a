package io.nucleon.triggers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "1764181090, 1764181090000",
        "1.764181090966E9, 1764181090966",
        "2025-11-26T18:18:10.966290, 1764181090966",
        "2025-11-26T18:18:10Z, 1764181090000",
        "2025-11-26T19:18:10+01:00, 1764181090000",
        "+999999999-12-31T23:59:59Z, 0",
        "-5, 0",
        "yesterday, 0",
        "'', 0",
    })
    void readsTimes(String text, long millis) {
        assertThat(AwsNumbers.millis(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"1764181090000, 1764181090.000", "1764181090966, 1764181090.966"})
    void writesSeconds(long millis, String text) {
        assertThat(AwsNumbers.seconds(millis)).isEqualTo(text);
    }
}
