package io.nucleon.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    @Test
    void writesAnEventAndItsAnswerOnOneLine() {
        RecordedAnswer answer = new RecordedAnswer(
                "responded",
                201,
                "text/plain",
                List.of("A", "1", "B", "2", "A", "3"),
                ByteBuffer.wrap(new byte[] {(byte) 0xff}),
                350_000,
                "",
                "");
        Entry entry = Entry.captured(Samples.id(7), 5, "f", Samples.event("two\nlines"), answer);

        assertThat(EventJson.line(entry.masked(new Secrets(List.of()))))
                .isEqualTo("{\"apiVersion\":\"v1\",\"kind\":\"event\",\"id\":\"" + Samples.id(7)
                        + "\",\"function\":\"f\",\"trigger\":\"orders\",\"triggerKind\":\"kafka-cluster\","
                        + "\"source\":\"kafka orders-topic/2@88\",\"time\":\"2023-11-14T22:13:20Z\",\"method\":\"\","
                        + "\"path\":\"\",\"query\":\"\",\"contentType\":\"application/json\",\"sourceId\":\"source-7\","
                        + "\"topic\":\"orders-topic\",\"partition\":2,\"offset\":88,"
                        + "\"headers\":{\"Key\":\"eu\",\"Authorization\":\"****\"},\"body\":\"two\\nlines\","
                        + "\"answer\":{\"outcome\":\"responded\",\"status\":201,\"contentType\":\"text/plain\","
                        + "\"headers\":{\"A\":[\"1\",\"3\"],\"B\":\"2\"},\"body\":null,\"bodyBase64\":\"/w==\","
                        + "\"handlerMs\":0.35,\"code\":null,\"error\":null}}");
    }

    @Test
    void readsTheMembersThatAreThere() {
        RecordedEvent event = EventJson.event(Map.of(
                "triggerKind",
                "kafka-cluster",
                "topic",
                "orders-topic",
                "partition",
                new BigDecimal(2),
                "offset",
                new BigDecimal(88),
                "time",
                "2026-01-31T12:00:00.5Z",
                "headers",
                Map.of("A", List.of("1", new BigDecimal("2"))),
                "bodyBase64",
                "/w=="));

        assertThat(event.origin()).isEqualTo("kafka orders-topic/2@88");
        assertThat(event.timeNanos()).isEqualTo(1_769_860_800_500_000_000L);
        assertThat(event.headers()).containsExactly("A", "1", "A", "2");
        assertThat(event.body()).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xff}));
        assertThat(event.extra("topic")).isEqualTo("orders-topic");
        assertThat(event.method()).isEmpty();
    }

    @Test
    void anEmptyObjectIsAnEventWithoutAnything() {
        RecordedEvent event = EventJson.event(Map.of());

        assertThat(event.shard()).isEqualTo(-1);
        assertThat(event.body().remaining()).isZero();
        assertThat(event.timeNanos()).isZero();
    }

    @Test
    void saysWhichMemberIsWrong() {
        assertWrong(Map.of("path", new BigDecimal(1)), "'path' must be a text");
        assertWrong(Map.of("path", "a\0b"), "'path' must be a text");
        assertWrong(Map.of("partition", "2"), "'partition' must be a whole number of -1 or more");
        assertWrong(Map.of("partition", new BigDecimal("1.5")), "'partition' must be a whole number of -1 or more");
        assertWrong(Map.of("partition", new BigDecimal("3e9")), "'partition' must be a whole number of -1 or more");
        assertWrong(Map.of("offset", new BigDecimal("-3")), "'offset' must be a whole number of 0 or more");
        assertWrong(Map.of("time", "yesterday"), "'time' must be a time such as 2026-01-31T12:00:00Z");
        assertWrong(Map.of("time", "+999999999-01-01T00:00:00Z"), "'time' must be a time such as 2026-01-31T12:00:00Z");
        assertWrong(Map.of("headers", "A: 1"), "'headers' must be an object");
        assertWrong(Map.of("headers", Map.of("A", Map.of())), "'headers' must hold texts");
        assertWrong(Map.of("body", new BigDecimal(1)), "'body' must be a text");
        assertWrong(Map.of("bodyBase64", "%"), "'bodyBase64' is no base 64");
    }

    private static void assertWrong(Map<String, ?> members, String why) {
        assertThatThrownBy(() -> EventJson.event(members))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }
}
