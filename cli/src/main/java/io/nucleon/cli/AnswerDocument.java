package io.nucleon.cli;

import io.nucleon.error.JsonWriter;
import io.nucleon.journal.EventJson;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An answer as {@code invoke -o json} shows it. Stateless. */
final class AnswerDocument {
    private AnswerDocument() {}

    static String json(Outcome outcome, byte[] body) {
        JsonWriter json = Documents.begin("answer");
        json.name("status").value(outcome.head().status());
        EventJson.headers(json, byName(outcome.head().headers()));
        EventJson.body(json, ByteBuffer.wrap(body));
        json.name("ms").object();
        json.name("total").value(outcome.timing().map(Timing::total).orElse(outcome.elapsedMillis()));
        outcome.timing()
                .ifPresent(timing -> json.name("queue")
                        .value(timing.queue())
                        .name("handler")
                        .value(timing.handler())
                        .name("transport")
                        .value(timing.transport()));
        json.endObject();
        json.name("worker").value(outcome.header(Outcome.WORKER).orElse(null));
        json.name("event").value(outcome.header(Outcome.EVENT).orElse(null));
        json.name("error").value(outcome.code().map(code -> code.code()).orElse(null));
        return json.endObject().toString();
    }

    /** In the order of arrival; names that differ in case only are one. */
    private static Map<String, List<String>> byName(List<Header> headers) {
        Map<String, String> spelling = new LinkedHashMap<>();
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Header header : headers) {
            String name = spelling.computeIfAbsent(header.name().toLowerCase(Locale.ROOT), lower -> header.name());
            values.computeIfAbsent(name, first -> new ArrayList<>()).add(header.value());
        }
        return values;
    }
}
