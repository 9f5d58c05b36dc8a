package io.nucleon.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.NucleonException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void readsEveryKindOfValue() {
        Map<?, ?> read = Json.object(
                " {\"a\":[1,-2.5,true,false,null,{}],\"b\":{\"c\":\"x\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\"},\"d\":[]} ");

        assertThat(read.get("a")).isEqualTo(Arrays.asList(1L, -2.5, true, false, null, Map.of()));
        assertThat(read.get("b")).isEqualTo(Map.of("c", "x\"\\/\b\f\n\r\tä"));
        assertThat(read.get("d")).isEqualTo(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1} x",
                "{\"a\":tru}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":--1}",
                "{\"a\":\"",
                "{\"a\":\"\\",
                "{a:1}"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> Json.object(text))
                .isInstanceOf(NucleonException.class)
                .hasMessageContaining("NUC-2010");
    }

    @Test
    void refusesDeepNesting() {
        assertThatThrownBy(() -> Json.object("{\"a\":" + "[".repeat(100_000))).isInstanceOf(NucleonException.class);
    }
}
