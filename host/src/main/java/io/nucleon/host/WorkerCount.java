package io.nucleon.host;

import io.nucleon.error.JsonWriter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many workers of a host take events, as the host counted them when it was ready. Immutable.
 *
 * @param ready those that take events
 * @param all that there are to be; 0 if the host did not say
 */
public record WorkerCount(int ready, int all) {
    /** Of a host that did not say. */
    public static final WorkerCount UNKNOWN = new WorkerCount(0, 0);

    private static final Pattern WORD = Pattern.compile("workers=(\\d{1,6})/(\\d{1,6})");

    /** Numbers that can't be counts make an unknown one: they may come from a function's container. */
    public WorkerCount {
        if (ready < 0 || all < 0 || ready > all) {
            ready = 0;
            all = 0;
        }
    }

    /** Whether a host said it. */
    public boolean isKnown() {
        return all > 0;
    }

    /** {@code 2 of 2 workers ready}. */
    public String text() {
        return ready + " of " + all + (all == 1 ? " worker ready" : " workers ready");
    }

    /** {@code workers=2/2}: a word of a line. */
    public String toWord() {
        return "workers=" + ready + "/" + all;
    }

    /** The count of such a word, if it is one. */
    public static Optional<WorkerCount> fromWord(String word) {
        Matcher count = WORD.matcher(word);
        return count.matches()
                ? Optional.of(new WorkerCount(Integer.parseInt(count.group(1)), Integer.parseInt(count.group(2))))
                : Optional.empty();
    }

    /** Writes {@code "workers":{"ready":2,"all":2}}, or nothing of an unknown one. */
    public JsonWriter write(JsonWriter json) {
        return isKnown()
                ? json.name("workers")
                        .object()
                        .name("ready")
                        .value(ready)
                        .name("all")
                        .value(all)
                        .endObject()
                : json;
    }

    /** What {@link #write} wrote into an object. */
    public static WorkerCount read(Map<String, Object> members) {
        return JsonReader.asObject(members.get("workers"))
                .map(count -> new WorkerCount(number(count, "ready"), number(count, "all")))
                .orElse(UNKNOWN);
    }

    private static int number(Map<String, Object> count, String name) {
        return Math.clamp(JsonReader.number(count, name), -1, Integer.MAX_VALUE);
    }
}
