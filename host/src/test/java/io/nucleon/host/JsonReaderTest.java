package io.nucleon.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void readsEveryKindOfValue() {
        assertThat(JsonReader.array(" [1, -0.5e+3 ,true,false,null,\"a\\n\\u00e9\\/\" ,{\"k\":[]}] "))
                .contains(Arrays.asList(
                        BigDecimal.ONE, new BigDecimal("-0.5e+3"), true, false, null, "a\né/", Map.of("k", List.of())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "nul",
                "\"a",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u00g0\"",
                "[1] 2",
                "'a'",
                "NaN",
                "{\"a\" 1}",
                "-",
                "1e99999999999",
                "\ufeff1"
            })
    void refusesWhatIsNotJson(String text) {
        assertThat(JsonReader.isJson(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"x\"", "null", "{}", "[[]]", "{\"\":0}", "-0", "1E5", "\r\n\ttrue"})
    void takesWhatIs(String text) {
        assertThat(JsonReader.isJson(text)).isTrue();
    }

    @Test
    void survivesADocumentThatNestsForEver() {
        assertThat(JsonReader.isJson("[".repeat(1_000_000))).isFalse();
        assertThat(JsonReader.isJson("[".repeat(200) + "]".repeat(200))).isTrue();
    }

    @Test
    void givesNoNumberThatDoesNotFit() {
        Map<String, Object> object = JsonReader.object("{\"a\":1e18,\"b\":1e17,\"c\":\"7\",\"d\":1e300,\"e\":2e-9}")
                .orElseThrow();

        assertThat(JsonReader.number(object, "a")).isZero();
        assertThat(JsonReader.number(object, "b")).isEqualTo(100_000_000_000_000_000L);
        assertThat(JsonReader.number(object, "c")).isZero();
        assertThat(JsonReader.number(object, "d")).isZero();
        assertThat(JsonReader.number(object, "e")).isZero();
        assertThat(JsonReader.number(object, "none")).isZero();
    }
}
