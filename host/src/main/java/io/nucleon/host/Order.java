package io.nucleon.host;

import io.nucleon.error.JsonWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a supervised host is told, one word a line on its standard input. It answers each with a line of JSON on standard output
 * ({@link #done}); the end of standard input means that nobody supervises it any more, upon which it drains and ends.
 */
public enum Order {
    /** Take events of all sources, and requests at the socket that you were started with. */
    SERVE,
    /** Nobody else serves this function any more: go on with what its journal holds. */
    RESUME,
    /** Another one serves the function: take nothing new, let clients leave, end. */
    RETIRE;

    /** As it is sent. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The order of that line. */
    public static Optional<Order> of(String line) {
        return Arrays.stream(values())
                .filter(order -> order.word().equals(line.strip()))
                .findFirst();
    }

    /** The line that says that it was carried out, without its end. */
    public String done() {
        return new JsonWriter()
                .object()
                .name("apiVersion")
                .value("v1")
                .name("kind")
                .value("done")
                .name("order")
                .value(word())
                .endObject()
                .toString();
    }

    /** The order that a line says was carried out, if it is one of these. */
    public static Optional<Order> doneIn(String line) {
        return JsonReader.object(line)
                .filter(members -> "done".equals(members.get("kind")))
                .flatMap(members -> of(JsonReader.text(members, "order")));
    }
}
