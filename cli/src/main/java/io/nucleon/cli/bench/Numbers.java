package io.nucleon.cli.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;

/** How figures are written. Stateless. */
public final class Numbers {
    private static final MathContext FIVE = new MathContext(5);
    private static final double MIB = 1024.0 * 1024;

    private Numbers() {}

    /** Five digits: more than any run repeats. */
    static double rounded(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(FIVE).doubleValue() : value;
    }

    /** Milliseconds with as many places as matter: {@code 0.004}, {@code 0.21}, {@code 12.3}, {@code 840}. */
    public static String ms(double millis) {
        if (millis > 0 && millis < 0.01) {
            return String.format(Locale.ROOT, "%.3f", millis);
        }
        return String.format(Locale.ROOT, millis < 10 ? "%.2f" : millis < 100 ? "%.1f" : "%.0f", millis);
    }

    /** Microseconds: {@code 9.7}, {@code 38}. */
    public static String micros(double micros) {
        return Double.isFinite(micros) ? String.format(Locale.ROOT, micros < 20 ? "%.1f" : "%,.0f", micros) : "?";
    }

    /** {@code 214 MiB}. */
    public static String mib(double bytes) {
        return String.format(Locale.ROOT, "%,.0f MiB", bytes / MIB);
    }

    /** Of 1: {@code 0.02 %}, {@code 31 %}. */
    public static String percent(double share) {
        double percent = share * 100;
        return String.format(Locale.ROOT, percent != 0 && Math.abs(percent) < 10 ? "%.2f %%" : "%.0f %%", percent);
    }

    /** {@code 20,000/s}. */
    public static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 100 ? "%.1f/s" : "%,.0f/s", perSecond);
    }

    static double number(Map<String, Object> members, String name) {
        return members.get(name) instanceof BigDecimal number ? number.doubleValue() : Double.NaN;
    }
}
