package io.nucleon.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.Event;
import io.nucleon.invoke.SeenEvent;
import io.nucleon.invoke.TriggerSource;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cloud events in messages of brokers. */
class MessageCloudEventTest {

    private static final TriggerSource SOURCE = new TriggerSource(0, "t", "kafka-cluster", "async");

    private static Event message(String contentType, String body, String... headers) {
        SourceMessage.Builder message = SourceMessage.at(7)
                .path("orders")
                .topic("orders")
                .position(2, 99)
                .contentType(contentType)
                .body(body.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < headers.length; i += 2) {
            message.header(headers[i], headers[i + 1]);
        }
        return new SourceEvent(SOURCE, message.build()) {
            @Override
            public long lane() {
                return 0;
            }

            @Override
            public void ack() {}

            @Override
            public void nack(long delayNanos) {}

            @Override
            public void hold() {}
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce-", "ce_", "cloudEvents:", "cloudEvents_", ""})
    void binaryOnesAreSpelledAsTheirBrokersHaveIt(String prefix) {
        Event event = CloudEvents.unwrapMessage(message(
                "text/plain",
                "hello",
                prefix + "specversion",
                "1.0",
                prefix + "id",
                "id-7",
                prefix + "type",
                "created",
                prefix + "source",
                "/shop",
                prefix + "time",
                "2024-03-15T12:34:56Z"));

        SeenEvent seen = SeenEvent.of(event);
        assertThat(seen.id()).isEqualTo("id-7");
        assertThat(seen.bodyText()).isEqualTo("hello");
        assertThat(seen.contentType()).isEqualTo("text/plain");
        assertThat(seen.extra())
                .isEqualTo(Map.of(
                        "type", "created",
                        "version", "1.0",
                        "trigger_kind", "/shop",
                        "trigger_name", "/shop",
                        "topic", "orders"));
        assertThat(event.timeNanos()).isEqualTo(1_710_506_096_000_000_000L);
        assertThat(event.shard()).isEqualTo(2);
        assertThat(event.streamOffset()).isEqualTo(99);
    }

    @Test
    void thoseOfVersion01AreAsInNuclio() {
        Event event = CloudEvents.unwrapMessage(message(
                "text/plain",
                "hello",
                "CE-CloudEventsVersion",
                "0.1",
                "CE-EventID",
                "id-7",
                "CE-EventType",
                "created",
                "CE-Source",
                "/shop"));

        assertThat(event.id()).isEqualTo("id-7");
        assertThat(event.extra("type")).isEqualTo("created");
        assertThat(event.timeNanos()).isEqualTo(7);
    }

    @Test
    void structuredOnesKeepTheirPlaceInTheStream() {
        Event event = CloudEvents.unwrapMessage(message(
                "application/cloudevents+json; charset=utf-8",
                "{\"specversion\": \"1.0\", \"id\": \"i\", \"type\": \"t\", \"source\": \"s\", \"data\": {\"n\": 1}}"));

        SeenEvent seen = SeenEvent.of(event);
        assertThat(seen.id()).isEqualTo("i");
        assertThat(seen.bodyText()).isEqualTo("{\"n\": 1}");
        assertThat(event.hasObjectBody()).isTrue();
        assertThat(event.extra("topic")).isEqualTo("orders");
        assertThat(event.streamOffset()).isEqualTo(99);
    }

    @Test
    void whatOnlySaysSoIsNone() {
        assertThat(CloudEvents.unwrapMessage(message("application/cloudevents+json", "not JSON")))
                .isNull();
    }

    @Test
    void otherMessagesAreThemselves() {
        Event plain = message("text/plain", "hello", "trace", "7", "version", "1");

        assertThat(CloudEvents.unwrapMessage(plain)).isSameAs(plain);
    }
}
