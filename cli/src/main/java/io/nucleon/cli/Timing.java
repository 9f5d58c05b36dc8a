package io.nucleon.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the time of an event went, in ms, as {@code Server-Timing} says.
 *
 * @param queue until a worker took it
 * @param handler in the user's code
 * @param transport between processor and worker
 */
record Timing(double queue, double handler, double transport) {

    /** The three parts of a header's value; empty if one of them is missing or no number. */
    static Optional<Timing> of(String header) {
        double queue = part(header, "queue");
        double handler = part(header, "handler");
        double transport = part(header, "transport");
        double sum = queue + handler + transport;
        return Double.isFinite(sum) ? Optional.of(new Timing(queue, handler, transport)) : Optional.empty();
    }

    double total() {
        return queue + handler + transport;
    }

    /** {@code 0.44 ms = queue 0.01 + handler 0.35 + transport 0.08}. */
    String text() {
        return ms(total()) + " ms = queue " + ms(queue) + " + handler " + ms(handler) + " + transport " + ms(transport);
    }

    /** Milliseconds with as many places as matter. */
    static String ms(double millis) {
        return String.format(Locale.ROOT, millis < 100 ? "%.2f" : "%.0f", millis);
    }

    /** {@code 60 s}, or {@code 250 ms} for what is no whole number of seconds. */
    static String length(Duration time) {
        return time.toNanos() % 1_000_000_000L == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private static double part(String header, String name) {
        for (String entry : header.split(",", -1)) {
            String[] fields = entry.split(";", -1);
            if (fields[0].strip().equals(name)) {
                for (String field : fields) {
                    if (field.strip().startsWith("dur=")) {
                        return number(field.strip().substring("dur=".length()));
                    }
                }
            }
        }
        return Double.NaN;
    }

    private static double number(String text) {
        try {
            double number = Double.parseDouble(text);
            return number >= 0 ? number : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
