package io.nucleon.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonWriterTest {
    @Test
    void writesEveryKindOfValue() {
        JsonWriter json = new JsonWriter().object();
        json.name("a")
                .array()
                .value(1)
                .value(0.5)
                .value(Double.NaN)
                .value(true)
                .value((String) null)
                .endArray();
        json.name("b").object().endObject();

        assertThat(json.endObject()).hasToString("{\"a\":[1,0.5,null,true,null],\"b\":{}}");
    }

    @Test
    void escapesWhatJsonAndUtf8CantHold() {
        String json = new JsonWriter()
                .value("q\" b\\ n\n t\t r\r c\u0001 d\u007f half\ud83d pair\ud83d\ude00 \udc00")
                .toString();

        assertThat(json)
                .isEqualTo("\"q\\\" b\\\\ n\\n t\\t r\\r c\\u0001 d\\u007f half\\ud83d pair\ud83d\ude00 \\udc00\"");
    }
}
