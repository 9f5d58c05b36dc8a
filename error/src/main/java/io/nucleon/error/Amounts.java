package io.nucleon.error;

import java.time.Duration;
import java.util.Locale;

/** Sizes and lengths of time as messages show them: at most three digits that matter, no zeros behind a point. */
public final class Amounts {

    private static final String[] SIZES = {"KiB", "MiB", "GiB", "TiB"};
    private static final int STEP = 1024;

    private Amounts() {}

    /** {@code 412 B}, {@code 64 KiB}, {@code 9.4 MiB}, {@code 1.02 GiB}. */
    public static String bytes(long count) {
        if (count < STEP) {
            return count + " B";
        }
        double amount = (double) count / STEP;
        int unit = 0;
        while (amount >= STEP && unit < SIZES.length - 1) {
            amount /= STEP;
            unit++;
        }
        return digits(amount) + " " + SIZES[unit];
    }

    /** {@code 412 µs}, {@code 84 ms}, {@code 2.1 s}, {@code 30 s}. */
    public static String time(Duration time) {
        double seconds = time.toNanos() / 1e9;
        if (seconds >= 1) {
            return digits(seconds) + " s";
        }
        return seconds >= 1e-3 ? digits(seconds * 1e3) + " ms" : digits(seconds * 1e6) + " µs";
    }

    private static String digits(double amount) {
        int places = amount < 10 ? 2 : amount < 100 ? 1 : 0;
        String text = String.format(Locale.ROOT, "%." + places + "f", amount);
        return places == 0 ? text : text.replaceFirst("\\.?0+$", "");
    }
}
