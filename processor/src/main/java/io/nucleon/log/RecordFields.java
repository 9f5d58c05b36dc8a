package io.nucleon.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a record in the order in which they are shown: the handler's own, then the processor's that have other names, then what
 * an error brings. What a handler sent is parsed here, on a writer's thread, and believed only as far as it is JSON.
 */
final class RecordFields {

    /** Deeper than any sensible field, and shallow enough for every reader. */
    private static final int MAX_DEPTH = 64;
    /** How much is shown of fields that can't be parsed. */
    private static final int SHOWN_OF_INVALID = 1024;

    /** Made with the first record that has fields of a handler. */
    private static final class Json {
        static final JsonFactory FACTORY = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(LogEvent.MAX_WITH)
                        .maxNameLength(LogEvent.MAX_WITH)
                        .maxNumberLength(1000)
                        .build())
                .build();
    }

    private RecordFields() {}

    static Collection<LogField> of(LogEvent event) {
        Map<String, LogField> fields = new LinkedHashMap<>();
        if (!event.with().isEmpty()) {
            handlersOwn(event.with(), fields);
        }
        for (LogField field : event.fields()) {
            fields.putIfAbsent(field.key(), field);
        }
        if (event.thrown() instanceof NucleonException known && known.error() != null) {
            error(known.error(), fields);
        }
        return fields.values();
    }

    private static void error(ErrorMessage error, Map<String, LogField> fields) {
        fields.putIfAbsent("code", new LogField("code", error.code().code()));
        fields.putIfAbsent("error", new LogField("error", error.what()));
        if (!error.why().isEmpty()) {
            fields.putIfAbsent("why", new LogField("why", error.why()));
        }
        if (!error.fix().isEmpty()) {
            fields.putIfAbsent("fix", new LogField("fix", String.join("; or: ", error.fix())));
        }
    }

    private static void handlersOwn(String with, Map<String, LogField> fields) {
        List<LogField> parsed = new ArrayList<>();
        try (JsonParser parser = Json.FACTORY.createParser(with)) {
            if (with.length() > LogEvent.MAX_WITH || parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object of allowed size");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parsed.add(new LogField(key, value(parser)));
            }
            if (parser.nextToken() != null) {
                throw new IOException("more than one value");
            }
        } catch (IOException e) {
            fields.put("with", new LogField("with", LogEvent.cut(with, SHOWN_OF_INVALID)));
            return;
        }
        parsed.forEach(field -> fields.put(field.key(), field));
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.nextToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            // A number keeps the digits it was sent with.
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new LogField.Json(parser.getText());
            case START_OBJECT, START_ARRAY -> {
                StringWriter text = new StringWriter();
                try (JsonGenerator copy = Json.FACTORY.createGenerator(text)) {
                    copy.copyCurrentStructure(parser);
                }
                yield new LogField.Json(text.toString());
            }
            case null, default -> throw new IOException("no value");
        };
    }
}
