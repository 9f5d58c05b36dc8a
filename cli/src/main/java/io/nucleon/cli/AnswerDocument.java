package io.nucleon.cli;

import io.nucleon.error.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An answer as {@code invoke -o json} shows it. Stateless. */
final class AnswerDocument {
    private AnswerDocument() {}

    static String json(Outcome outcome, byte[] body) {
        JsonWriter json = Documents.begin("answer");
        json.name("status").value(outcome.head().status()).name("headers").object();
        byName(outcome.head().headers()).forEach((name, values) -> {
            json.name(name);
            if (values.size() == 1) {
                json.value(values.getFirst());
            } else {
                json.array();
                values.forEach(json::value);
                json.endArray();
            }
        });
        json.endObject();
        body(json, body);
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

    /** As text if it is text, so that a reader need not decode it. */
    private static void body(JsonWriter json, byte[] body) {
        try {
            json.name("body")
                    .value(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString());
        } catch (CharacterCodingException e) {
            json.value((String) null)
                    .name("bodyBase64")
                    .value(Base64.getEncoder().encodeToString(body));
        }
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
