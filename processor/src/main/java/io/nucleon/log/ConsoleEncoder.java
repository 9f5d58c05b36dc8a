package io.nucleon.log;

import io.nucleon.error.Look;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.event.Level;

/**
 * nuclio's encoding for people: {@code 24.05.01 12:00:00.123            processor.worker (W) message :: key=value || key=value}.
 * Line ends in a message indent the next line, so that no text can pass for a record of its own.
 */
final class ConsoleEncoder implements LineEncoder {

    /** Names are cut and padded to it on the left, as nuclio does. */
    private static final int NAME_WIDTH = 25;

    private static final String NEXT_LINE = "\n    ";

    private final Supplier<ZoneId> zone;
    private final FieldForm fields;

    /** An encoder for that zone, asked for on the writer's thread: loading the table of zones takes 20 ms. */
    ConsoleEncoder(Supplier<ZoneId> zone, FieldForm fields) {
        this.zone = zone;
        this.fields = fields;
    }

    @Override
    public void encode(LogEvent event, StringBuilder line) {
        time(event.timeNanos(), line);
        line.append(' ');
        name(event.name(), line);
        line.append(" (").append(letter(event.level())).append(") ").append(shown(event.message()));
        Collection<LogField> shown = RecordFields.of(event);
        if (!shown.isEmpty()) {
            line.append(fields == FieldForm.FLATTENED ? " :: " : " ").append(shown(fields.text(shown)));
        }
        String stack = StackText.of(event.thrown());
        if (!stack.isEmpty()) {
            line.append(NEXT_LINE).append(shown(stack));
        }
    }

    private static String shown(String text) {
        String harmless = Look.harmless(text);
        return harmless.indexOf('\n') < 0 ? harmless : harmless.replace("\n", NEXT_LINE);
    }

    private void time(long timeNanos, StringBuilder line) {
        LocalDateTime time =
                LocalDateTime.ofInstant(Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(timeNanos)), zone.get());
        two(time.getYear() % 100, line).append('.');
        two(time.getMonthValue(), line).append('.');
        two(time.getDayOfMonth(), line).append(' ');
        two(time.getHour(), line).append(':');
        two(time.getMinute(), line).append(':');
        two(time.getSecond(), line).append('.');
        int millis = time.getNano() / 1_000_000;
        line.append((char) ('0' + millis / 100));
        two(millis % 100, line);
    }

    private static StringBuilder two(int number, StringBuilder line) {
        return line.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static void name(String name, StringBuilder line) {
        int surplus = name.length() - NAME_WIDTH;
        line.repeat(' ', Math.max(0, -surplus)).append(Look.harmless(name), Math.max(0, surplus), name.length());
    }

    private static char letter(Level level) {
        return switch (level) {
            case TRACE, DEBUG -> 'D';
            case INFO -> 'I';
            case WARN -> 'W';
            case ERROR -> 'E';
        };
    }
}
