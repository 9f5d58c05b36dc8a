package io.nucleon.admin;

/** Writes Prometheus's text format, version 0.0.4. Confined to one thread. */
final class MetricsText {

    /** Smallest and largest bound of a histogram as powers of two of ns: 4 µs and 34 s, factors of two between. */
    private static final int FIRST_BOUND = 12;

    private static final int LAST_BOUND = 35;
    private static final int NANO_DIGITS = 9;

    private final StringBuilder text = new StringBuilder(8192);

    /** Begins a family; its samples follow. */
    MetricsText family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ");
        text.append(name).append(' ').append(type).append('\n');
        return this;
    }

    /** One sample of a whole number. */
    MetricsText sample(String name, String labels, long value) {
        return sample(name, labels, value, 0);
    }

    /** One sample of {@code value} / 10^{@code digits}, exact. */
    MetricsText sample(String name, String labels, long value, int digits) {
        text.append(name).append('{').append(labels).append("} ");
        decimal(value, digits);
        text.append('\n');
        return this;
    }

    /** The samples of one histogram in seconds. */
    MetricsText histogram(String name, String labels, LatencySnapshot latency) {
        for (int power = FIRST_BOUND; power <= LAST_BOUND; power++) {
            text.append(name).append("_bucket{").append(labels).append(",le=\"");
            decimal(1L << power, NANO_DIGITS);
            text.append("\"} ").append(latency.countUpTo(1L << power)).append('\n');
        }
        text.append(name).append("_bucket{").append(labels).append(",le=\"+Inf\"} ");
        text.append(latency.count()).append('\n');
        sample(name + "_sum", labels, latency.sumNanos(), NANO_DIGITS);
        return sample(name + "_count", labels, latency.count());
    }

    /** {@code name="value"} with what must be escaped escaped. */
    static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void decimal(long value, int digits) {
        if (digits == 0) {
            text.append(value);
            return;
        }
        long one = 1;
        for (int i = 0; i < digits; i++) {
            one *= 10;
        }
        text.append(value / one);
        long rest = value % one;
        if (rest == 0) {
            return;
        }
        text.append('.');
        for (long place = one / 10; rest > 0; place /= 10) {
            text.append((char) ('0' + rest / place));
            rest %= place;
        }
    }
}
