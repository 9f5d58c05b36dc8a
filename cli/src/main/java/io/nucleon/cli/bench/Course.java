package io.nucleon.cli.bench;

import io.nucleon.error.JsonWriter;
import io.nucleon.host.JsonReader;
import java.util.Locale;
import java.util.Map;

/**
 * How a bench was run. Immutable.
 *
 * @param rate events a second of an open loop; 0 for a closed one
 * @param seconds of each run; 0 if a count ended it
 * @param count of each run; 0 if the time ended it
 */
public record Course(
        double rate, int connections, double warmUpSeconds, double seconds, long count, int runs, long bodyBytes) {

    /** Whether requests were sent at fixed moments. */
    public boolean isOpen() {
        return rate > 0;
    }

    /** {@code open loop 20,000/s · warm-up 2 s · 3 × 10 s}. */
    public String text() {
        String loop = isOpen() ? "open loop " + Numbers.rate(rate) : "closed loop × " + connections;
        String length = count > 0 ? String.format(Locale.ROOT, "%,d events", count) : number(seconds) + " s";
        return loop + " · warm-up " + number(warmUpSeconds) + " s · " + runs + " × " + length;
    }

    private static String number(double seconds) {
        return seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds);
    }

    void write(JsonWriter json) {
        json.object()
                .name("loop")
                .value(isOpen() ? "open" : "closed")
                .name("rate")
                .value(rate);
        json.name("connections").value(connections).name("warmUpSeconds").value(warmUpSeconds);
        json.name("seconds")
                .value(seconds)
                .name("count")
                .value(count)
                .name("runs")
                .value(runs);
        json.name("bodyBytes").value(bodyBytes).endObject();
    }

    static Course read(Object value) {
        Map<String, Object> members = JsonReader.asObject(value).orElse(Map.of());
        return new Course(
                Numbers.number(members, "rate"),
                (int) JsonReader.number(members, "connections"),
                Numbers.number(members, "warmUpSeconds"),
                Numbers.number(members, "seconds"),
                JsonReader.number(members, "count"),
                (int) JsonReader.number(members, "runs"),
                JsonReader.number(members, "bodyBytes"));
    }
}
