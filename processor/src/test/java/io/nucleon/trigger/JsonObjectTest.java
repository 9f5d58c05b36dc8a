package io.nucleon.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {

    private static JsonObject parse(String text) {
        return JsonObject.parse(text.getBytes(UTF_8)).orElseThrow();
    }

    @Test
    void readsWhatLiesInside() {
        JsonObject json =
                parse("{\"a\": {\"b\": [ {\"c\": \"x\\u00e9\"}, 7, {\"c\": null} ,{\"c\":{}}]}, \"n\": 1.5e3}");

        List<JsonObject> objects = json.object("a").objects("b");
        assertThat(objects).hasSize(3);
        assertThat(objects.get(0).text("c")).isEqualTo("xé");
        assertThat(objects.get(1).text("c")).isEmpty();
        assertThat(json.text("n")).isEqualTo("1.5e3");
        assertThat(json.object("a").member("b").orElseThrow().items())
                .extracting(JsonValue::kind)
                .containsExactly(
                        JsonValue.Kind.OBJECT, JsonValue.Kind.NUMBER, JsonValue.Kind.OBJECT, JsonValue.Kind.OBJECT);
    }

    @Test
    void hasNothingWhereSomethingElseIs() {
        JsonObject json = parse("{\"text\": \"[1]\", \"array\": [], \"object\": {}}");

        assertThat(json.object("missing").members()).isEmpty();
        assertThat(json.object("text").members()).isEmpty();
        assertThat(json.objects("text")).isEmpty();
        assertThat(json.objects("object")).isEmpty();
        assertThat(json.member("array").orElseThrow().items()).isEmpty();
        assertThat(json.text("missing")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}x", "{\"a\":[1,]}", "{\"a\":[1 2]}", "{\"a\":[}", "{\"a\":\"\\x\"}"})
    void refusesWhatIsNoObject(String text) {
        assertThat(JsonObject.parse(text.getBytes(UTF_8))).isEmpty();
    }
}
