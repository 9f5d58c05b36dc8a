package io.nucleon.command;

import io.nucleon.error.NearestName;
import java.util.List;
import java.util.Locale;

/**
 * What {@code --chaos} does to workers. Immutable.
 *
 * @param kill share of events that have their worker killed, 0 to 1
 * @param delay share of events whose worker stands still for a while, 0 to 1
 */
public record Faults(double kill, double delay) {
    /** None. */
    public static final Faults NONE = new Faults(0, 0);

    private static final String KILL = "kill";
    private static final String DELAY = "delay";

    /** Often enough to be seen by hand, rarely enough that most events are answered. */
    private static final double USUAL = 0.1;

    private static final String FORM = "it is written kill, delay, or with the share of events: kill=5%";

    /**
     * Reads {@code kill} or {@code kill=5%}.
     *
     * @throws io.nucleon.error.NucleonException NUC-8001 for anything else
     */
    static Faults of(List<String> words) {
        double kill = 0;
        double delay = 0;
        for (String word : words) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            double share = equals < 0 ? USUAL : share(word, word.substring(equals + 1));
            switch (name) {
                case KILL -> kill = share;
                case DELAY -> delay = share;
                default ->
                    throw UsageError.badValue(
                            "--chaos", word, "", NearestName.advice(name, List.of(KILL, DELAY), "faults: "));
            }
        }
        return new Faults(kill, delay);
    }

    private static double share(String word, String percent) {
        UsageError.unless(percent.matches("\\d{1,3}(\\.\\d{1,3})?%"), "--chaos", word, FORM);
        double share = Double.parseDouble(percent.substring(0, percent.length() - 1)) / 100;
        UsageError.unless(share > 0 && share <= 1, "--chaos", word, "more than 0% and at most 100% are meant");
        return share;
    }

    /** Whether nothing is to go wrong. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** {@code kills the worker of 10 % of events, stops it for a while at 5 %}; empty for none. */
    public String describe() {
        String kills = kill == 0 ? "" : "kills the worker of " + percent(kill) + " of events";
        String stops = delay == 0 ? "" : "stops the worker for a while at " + percent(delay) + " of events";
        return kills + (kills.isEmpty() || stops.isEmpty() ? "" : ", ") + stops;
    }

    private static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.3f", share * 100);
        return text.replaceFirst("\\.?0+$", "") + " %";
    }
}
