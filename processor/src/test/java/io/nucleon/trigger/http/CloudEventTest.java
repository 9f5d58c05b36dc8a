package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.RecordingInvoker;
import io.nucleon.invoke.SeenEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** nuclio: pkg/processor/cloudevent, and version 1.0 beside it. */
class CloudEventTest {

    private static final long EVENT_TIME = 1_710_506_096_789_000_000L;

    private final RecordingInvoker invoker = RecordingInvoker.holding();

    private record Given(SeenEvent seen, boolean object, RawClient.Answer answer) {}

    private Given post(String body, String... lines) throws Exception {
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.post("/p?q=1", body, lines);
            Invocation open = invoker.take();
            boolean object = open.event().hasObjectBody();
            RecordingInvoker.answer(open, GivenResponse.of("ran"));
            return new Given(invoker.events().getLast(), object, client.read());
        }
    }

    @Test
    void readsAStructuredEventOfVersion01() throws Exception {
        Given given = post("""
                {"cloudEventsVersion": "0.1", "eventType": "t", "eventTypeVersion": "tv", "source": "/s",
                 "eventID": "i\\u00e9", "eventTime": "2024-03-15T12:34:56.789Z", "contentType": "text/x",
                 "extensions": {"a": "b", "n": 1}, "data": "line\\nend"}""", "Content-Type: application/cloudevents+json");

        assertThat(given.seen().id()).isEqualTo("ié");
        assertThat(given.seen().extra())
                .isEqualTo(Map.of(
                        "type", "t",
                        "type_version", "tv",
                        "version", "0.1",
                        "trigger_kind", "/s",
                        "trigger_name", "/s"));
        assertThat(given.seen().headers()).isEqualTo(Map.of("a", "b", "n", "1"));
        assertThat(given.seen().contentType()).isEqualTo("text/x");
        assertThat(given.seen().bodyText()).isEqualTo("line\nend");
        assertThat(given.seen().timeNanos()).isEqualTo(EVENT_TIME);
        assertThat(given.seen().path()).isEqualTo("/p");
        assertThat(given.seen().query()).isEqualTo("q=1");
        assertThat(given.object()).isFalse();
    }

    @Test
    void objectDataIsMarkedAsSuch() throws Exception {
        Given given = post(
                "{\"cloudEventsVersion\":\"0.1\",\"data\": {\"a\": [1]}}", "Content-Type: application/cloudevents");

        assertThat(given.seen().bodyText()).isEqualTo("{\"a\": [1]}");
        assertThat(given.object()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "1", "true", "null"})
    void otherDataIsEmptyInVersion01AndJsonIn10(String data) throws Exception {
        String type = "Content-Type: application/cloudevents+json; charset=utf-8";

        assertThat(post("{\"data\":" + data + "}", type).seen().body()).isEmpty();
        assertThat(post("{\"specversion\":\"1.0\",\"data\":" + data + "}", type)
                        .seen()
                        .bodyText())
                .isEqualTo(data.equals("null") ? "" : data);
    }

    @Test
    void nothingIsLeftOfTheEventBefore() throws Exception {
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.post(
                    "/",
                    "{\"eventID\":\"1\",\"extensions\":{\"a\":\"b\"},\"data\":\"d\"}",
                    "Content-Type: application/cloudevents");
            client.post("/", "{}", "Content-Type: application/cloudevents");
            invoker.take();
            invoker.take();
        }
        SeenEvent second = invoker.events().get(1);
        assertThat(second.id()).isEmpty();
        assertThat(second.headers()).isEmpty();
        assertThat(second.body()).isEmpty();
    }

    @Test
    void readsAStructuredEventOfVersion10() throws Exception {
        Given given = post("""
                {"specversion": "1.0", "type": "t", "source": "/s", "id": "i", "time": "2024-03-15T14:34:56.789+02:00",
                 "datacontenttype": "application/json", "subject": "sub", "ext": true, "data": {"x": 1}}""", "Content-Type: application/cloudevents+json");

        assertThat(given.seen().id()).isEqualTo("i");
        assertThat(given.seen().extra())
                .isEqualTo(Map.of("type", "t", "version", "1.0", "trigger_kind", "/s", "trigger_name", "/s"));
        assertThat(given.seen().headers()).isEqualTo(Map.of("subject", "sub", "ext", "true"));
        assertThat(given.seen().contentType()).isEqualTo("application/json");
        assertThat(given.seen().bodyText()).isEqualTo("{\"x\": 1}");
        assertThat(given.seen().timeNanos()).isEqualTo(EVENT_TIME);
        assertThat(given.object()).isTrue();
    }

    @Test
    void decodesBase64() throws Exception {
        Given given = post(
                "{\"specversion\":\"1.0\",\"data_base64\":\"AAEC/w==\"}", "Content-Type: application/cloudevents+json");

        assertThat(given.seen().body()).containsExactly(0, 1, 2, 255);
    }

    @Test
    void readsBinaryEvents() throws Exception {
        Given old = post(
                "body",
                "Content-Type: text/x",
                "CE-CloudEventsVersion: 0.1",
                "CE-EventID: i",
                "CE-EventType: t",
                "CE-EventTypeVersion: tv",
                "CE-Source: /s",
                "CE-Name: n",
                "CE-EventTime: 2024-03-15T12:34:56.789Z");
        assertThat(old.seen().id()).isEqualTo("i");
        assertThat(old.seen().extra())
                .isEqualTo(Map.of(
                        "type", "t",
                        "type_version", "tv",
                        "version", "0.1",
                        "trigger_kind", "/s",
                        "trigger_name", "n"));
        assertThat(old.seen().contentType()).isEqualTo("text/x");
        assertThat(old.seen().bodyText()).isEqualTo("body");
        assertThat(old.seen().headers()).containsEntry("Ce-Eventid", "i");
        assertThat(old.seen().timeNanos()).isEqualTo(EVENT_TIME);

        Given now =
                post("body", "ce-specversion: 1.0", "ce-id: i", "ce-type: t", "ce-source: /s", "ce-time: not a time");
        assertThat(now.seen().id()).isEqualTo("i");
        assertThat(now.seen().extra())
                .isEqualTo(Map.of("type", "t", "version", "1.0", "trigger_kind", "/s", "trigger_name", "/s"));
        assertThat(now.seen().timeNanos()).isGreaterThan(EVENT_TIME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "[]",
                "\"text\"",
                "{} {}",
                "{\"eventID\": 1}",
                "{\"eventTime\": \"yesterday\"}",
                "{\"eventTime\": \"\"}",
                "{\"specversion\":\"1.0\",\"data_base64\":\"*\"}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{'a':1}",
                "{\"a\":tru}",
            })
    void refusesWhatIsNoStructuredEvent(String body) throws Exception {
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.post("/", body, "Content-Type: application/cloudevents+json");
            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).isEqualTo("Failed to wrap structured cloud event");
        }
        assertThat(invoker.events()).isEmpty();
    }

    @Test
    void nestingWithoutEndAndNulsDoNoHarm() throws Exception {
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.post("/", "{\"data\":" + "[".repeat(100_000), "Content-Type: application/cloudevents");
            assertThat(client.read().status()).isEqualTo(500);
            client.post("/", "{\"eventID\":\"" + "i".repeat(70_000) + "\"}", "Content-Type: application/cloudevents");
            assertThat(client.read().status()).isEqualTo(500);
            client.post(
                    "/",
                    "{\"eventType\":\"a\\u0000b\",\"extensions\":{\"c\\u0000d\":\"e\"}}",
                    "Content-Type: application/cloudevents");
            invoker.take();
        }
        assertThat(invoker.events().getFirst().extra()).containsEntry("type", "a b");
        assertThat(invoker.events().getFirst().headers()).containsEntry("c d", "e");
    }
}
