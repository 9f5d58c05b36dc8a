package io.nucleon.trigger.cron;

import io.nucleon.spec.field.GoDuration;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the text of a schedule as nuclio does: five fields, or six with leading seconds, or a descriptor ({@code @hourly},
 * {@code @every 1h30m}), behind an optional {@code TZ=} or {@code CRON_TZ=}. Wrong texts end in an {@link IllegalArgumentException} whose
 * message says what is wrong.
 */
final class CronParser {

    private static final Map<String, String> DESCRIPTORS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final List<String> MONTHS =
            List.of("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> WEEKDAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private CronParser() {}

    /**
     * The schedule.
     *
     * @param beginning from when {@code @every} counts
     * @param zone whose clocks it means, unless the text names another
     */
    static Schedule parse(String text, ZoneId zone, Instant beginning) {
        String rest = text.strip();
        ZoneId meant = zone;
        if (rest.startsWith("TZ=") || rest.startsWith("CRON_TZ=")) {
            int blank = rest.indexOf(' ');
            String name = rest.substring(rest.indexOf('=') + 1, blank < 0 ? rest.length() : blank);
            meant = zone(name);
            rest = blank < 0 ? "" : rest.substring(blank).strip();
        }
        if (rest.startsWith("@every ")) {
            return new IntervalSchedule(
                    beginning, interval(rest.substring("@every ".length()).strip()));
        }
        if (rest.startsWith("@")) {
            String fields = DESCRIPTORS.get(rest.toLowerCase(Locale.ROOT));
            if (fields == null) {
                throw new IllegalArgumentException("no descriptor is called '" + rest
                        + "'; there are @yearly, @monthly, @weekly, @daily, @hourly and @every 1h30m");
            }
            rest = fields;
        }
        return ofFields(rest, meant);
    }

    static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no time zone is called '" + name + "'", e);
        }
    }

    private static Duration interval(String text) {
        Duration interval = GoDuration.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no length of time such as 1h30m"));
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("@every needs a second or more");
        }
        return interval;
    }

    private static Schedule ofFields(String text, ZoneId zone) {
        String[] fields = text.isEmpty() ? new String[0] : text.split("\\s+");
        if (fields.length != 5 && fields.length != 6) {
            throw new IllegalArgumentException(
                    "it has " + fields.length + " fields where five are needed, or six with seconds");
        }
        int first = fields.length - 5;
        // As in nuclio, seconds given as * are 0: a schedule of each second is written */1.
        long seconds = first == 0 || fields[0].equals("*") ? 1 : set(fields[0], "second", 0, 59, List.of());
        String day = fields[first + 2];
        String weekday = fields[first + 4];
        long weekdays = set(weekday, "weekday", 0, 7, WEEKDAYS);
        return new CronSchedule(
                seconds,
                set(fields[first], "minute", 0, 59, List.of()),
                set(fields[first + 1], "hour", 0, 23, List.of()),
                set(day, "day", 1, 31, List.of()),
                set(fields[first + 3], "month", 1, 12, MONTHS),
                weekdays | (weekdays >> 7 & 1),
                isAny(day),
                isAny(weekday),
                zone);
    }

    private static boolean isAny(String field) {
        return field.startsWith("*") || field.startsWith("?");
    }

    private static long set(String field, String name, int min, int max, List<String> words) {
        long set = 0;
        for (String part : field.split(",", -1)) {
            set |= range(part, name, min, max, words);
        }
        return set;
    }

    private static long range(String part, String name, int min, int max, List<String> words) {
        String[] halves = part.split("/", -1);
        if (halves.length > 2) {
            throw new IllegalArgumentException(name + " '" + part + "' has more than one step");
        }
        int step = halves.length == 2 ? number(halves[1], name, 1, max, List.of()) : 1;
        String[] ends = halves[0].split("-", -1);
        int from;
        int to;
        if (halves[0].equals("*") || halves[0].equals("?")) {
            from = min;
            to = max;
        } else if (ends.length <= 2) {
            from = number(ends[0], name, min, max, words);
            to = ends.length == 2 ? number(ends[1], name, min, max, words) : halves.length == 2 ? max : from;
        } else {
            throw new IllegalArgumentException(name + " '" + part + "' is no range");
        }
        if (from > to) {
            throw new IllegalArgumentException(name + " '" + part + "' begins after its end");
        }
        long set = 0;
        for (int value = from; value <= to; value += step) {
            set |= 1L << value;
        }
        return set;
    }

    private static int number(String text, String name, int min, int max, List<String> words) {
        int word = words.indexOf(text.toLowerCase(Locale.ROOT));
        if (word >= min) {
            return word;
        }
        int value;
        try {
            value = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " '" + text + "' is no number", e);
        }
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + min + "-" + max);
        }
        return value;
    }
}
