package io.nucleon.log;

import io.nucleon.error.JsonWriter;
import java.util.Collection;

/** How the fields of a record are shown together; nuclio's {@code varGroupMode}. */
enum FieldForm {
    /** {@code key=value || key=value}. */
    FLATTENED,
    /** A JSON object. */
    STRUCTURED;

    /** The fields as one text. */
    String text(Collection<LogField> fields) {
        if (this == STRUCTURED) {
            JsonWriter json = new JsonWriter().object();
            write(fields, json);
            return json.endObject().toString();
        }
        StringBuilder text = new StringBuilder();
        for (LogField field : fields) {
            text.append(text.isEmpty() ? "" : " || ")
                    .append(field.key())
                    .append('=')
                    .append(field.value());
        }
        return text.toString();
    }

    /** Writes the fields as members of the open object. */
    static void write(Collection<LogField> fields, JsonWriter json) {
        for (LogField field : fields) {
            json.name(field.key());
            switch (field.value()) {
                case null -> json.value((String) null);
                case Boolean is -> json.value(is.booleanValue());
                case Long number -> json.value(number.longValue());
                case Double number -> json.value(number.doubleValue());
                case LogField.Json checked -> json.json(checked.text());
                default -> json.value(field.value().toString());
            }
        }
    }
}
