package io.nucleon.log;

import io.nucleon.error.JsonWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * nuclio's encoding for programs, one object a line: {@code level}, time, {@code name}, {@code message}, then the fields, grouped under
 * a name of their own if the sink sets one.
 */
final class JsonEncoder implements LineEncoder {

    private static final Pattern CODE = Pattern.compile("NUC-\\d{4}\\b");

    private final String timeField;
    private final boolean iso;
    private final String group;
    private final FieldForm form;
    private final Set<String> taken;

    /**
     * An encoder.
     *
     * @param iso time as ISO 8601 instead of ms since 1970
     * @param group name of the member that holds the fields; empty = they are members of the record
     */
    JsonEncoder(String timeField, boolean iso, String group, FieldForm form) {
        this.timeField = timeField;
        this.iso = iso;
        this.group = group;
        this.form = form;
        taken = Set.copyOf(List.of("level", "name", "message", "stack", timeField));
    }

    @Override
    public void encode(LogEvent event, StringBuilder line) {
        JsonWriter json = new JsonWriter().object();
        json.name("level").value(event.level().name().toLowerCase(Locale.ROOT));
        json.name(timeField);
        time(event.timeNanos(), json);
        json.name("name").value(event.name()).name("message").value(event.message());
        Collection<LogField> fields = withCode(RecordFields.of(event), event.message());
        if (group.isEmpty()) {
            FieldForm.write(fields.stream().map(this::apart).toList(), json);
        } else if (!fields.isEmpty()) {
            json.name(group);
            String text = form.text(fields);
            if (form == FieldForm.STRUCTURED) {
                json.json(text);
            } else {
                json.value(text);
            }
        }
        String stack = StackText.of(event.thrown());
        if (!stack.isEmpty()) {
            json.name("stack").value(stack);
        }
        line.append(json.endObject());
    }

    private void time(long timeNanos, JsonWriter json) {
        if (iso) {
            Instant time = Instant.ofEpochMilli(Math.floorDiv(timeNanos, 1_000_000L));
            json.value(Iso.FORMAT.format(time));
        } else {
            json.json(timeNanos / 1_000_000 + "."
                    + String.valueOf(1_000_000 + timeNanos % 1_000_000).substring(1));
        }
    }

    /** Loaded only if a sink wants it. */
    private static final class Iso {
        static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXX", Locale.ROOT)
                .withZone(ZoneOffset.UTC);
    }

    /** A handler's field may not pass for a part of the record. */
    private LogField apart(LogField field) {
        return taken.contains(field.key()) ? new LogField("with_" + field.key(), field.value()) : field;
    }

    private static Collection<LogField> withCode(Collection<LogField> fields, String message) {
        Matcher code = CODE.matcher(message);
        if (!code.lookingAt() || fields.stream().anyMatch(field -> field.key().equals("code"))) {
            return fields;
        }
        List<LogField> more = new ArrayList<>(fields);
        more.add(new LogField("code", code.group()));
        return more;
    }
}
