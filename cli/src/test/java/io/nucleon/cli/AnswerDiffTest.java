package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.journal.RecordedAnswer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerDiffTest {

    private static RecordedAnswer answer(int status, String type, byte[] body) {
        return new RecordedAnswer("responded", status, type, List.of(), ByteBuffer.wrap(body), 0, "", "");
    }

    private static RecordedAnswer json(String body) {
        return answer(200, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static RecordedAnswer failed(String reason) {
        return new RecordedAnswer("failed", 500, "", List.of(), ByteBuffer.allocate(0), 0, "NUC-4030", reason);
    }

    private static List<String> diff(RecordedAnswer before, RecordedAnswer now, String... ignored) {
        return AnswerDiff.of(before, now, List.of(ignored));
    }

    @Test
    void comparesJsonValueByValue() {
        assertThat(diff(json("{\"a\":1,\"b\":[1,2]}"), json("{ \"b\": [1, 2], \"a\": 1.0 }")))
                .as("order of names, blanks and forms of a number")
                .isEmpty();
        assertThat(diff(
                        json("{\"total\":\"12.50\",\"items\":[{\"id\":1},{\"id\":2}],\"old\":null}"),
                        json("{\"total\":12.5,\"items\":[{\"id\":1},{\"id\":3}],\"new\":true}")))
                .containsExactly(
                        "$.total   \"12.50\" -> 12.5",
                        "$.items.1.id   2 -> 3",
                        "$.old   null -> nothing",
                        "$.new   nothing -> true");
        assertThat(diff(json("[1]"), json("[1,2]"))).containsExactly("$   [1] -> [1,2]");
    }

    @Test
    void leavesOutWhatMayDiffer() {
        RecordedAnswer before = json("{\"meta\":{\"time\":1,\"host\":\"a\"},\"x\":1}");
        RecordedAnswer now = json("{\"meta\":{\"time\":2,\"host\":\"b\"},\"x\":1}");

        assertThat(diff(before, now, "$.meta.time")).containsExactly("$.meta.host   \"a\" -> \"b\"");
        assertThat(diff(before, now, "$.meta")).isEmpty();
        assertThat(diff(before, now, "body", "$")).isEmpty();
        assertThat(diff(answer(200, "a", new byte[0]), answer(204, "b", new byte[0]), "status"))
                .containsExactly("contentType   a -> b");
    }

    @Test
    void comparesOutcomesAndOtherBodies() {
        assertThat(diff(json("{}"), failed("ZeroDivisionError main.py:7")))
                .containsExactly("200 -> ZeroDivisionError main.py:7");
        assertThat(diff(failed("KeyError"), json("{}"))).containsExactly("KeyError -> 200");
        assertThat(diff(failed("KeyError"), failed("KeyError"))).isEmpty();
        assertThat(diff(
                        answer(200, "", "a\u001b[2J".getBytes(StandardCharsets.UTF_8)),
                        answer(200, "", "b".getBytes(StandardCharsets.UTF_8))))
                .containsExactly("body   \"a\\u001b[2J\" -> \"b\"");
        assertThat(diff(answer(200, "", new byte[] {(byte) 0xff}), answer(200, "", new byte[] {(byte) 0xfe})))
                .containsExactly("body   bytes -> other bytes");
    }
}
