package io.nucleon.cli.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A histogram as lines of text, its limits round numbers. Stateless. */
public final class Bars {
    private static final int WIDTH = 23;
    private static final int MOST_ROWS = 8;

    /** Less than this of the events has no row of its own. */
    private static final double SMALL = 0.005;

    private static final double[] STEPS = {1, 2, 3, 5};
    private static final double[] LAST_STEPS = {1, 1.5, 2, 3, 4, 5, 6, 8, 10};
    private static final double NANOS_PER_MILLI = 1e6;

    private Bars() {}

    private record Row(double upToMillis, double share) {}

    /** {@code <0.2  ████  44.0 %}, a line each; empty for an empty histogram. */
    public static List<String> of(Histogram nanos) {
        if (nanos.getTotalCount() == 0) {
            return List.of();
        }
        List<Row> rows = rows(nanos);
        double most = rows.stream().mapToDouble(Row::share).max().orElse(1);
        int width = rows.stream().mapToInt(row -> limit(row).length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            int length = (int) Math.round(row.share / most * WIDTH);
            String bar = length == 0 ? (row.share > 0 ? "▏" : "") : "█".repeat(length);
            lines.add(" <" + limit(row) + " ".repeat(width - limit(row).length()) + "  " + bar
                    + " ".repeat(WIDTH - bar.length()) + String.format(Locale.ROOT, "  %4.1f %%", row.share * 100));
        }
        return lines;
    }

    private static List<Row> rows(Histogram nanos) {
        double max = nanos.getMaxValue() / NANOS_PER_MILLI;
        double top = roundUp(max, LAST_STEPS);
        List<Row> rows = new ArrayList<>();
        double seen = 0;
        double bound = roundUp(nanos.getValueAtPercentile(1) / NANOS_PER_MILLI, STEPS);
        while (bound < top && rows.size() < MOST_ROWS - 1) {
            double below = below(nanos, bound);
            if (below - seen >= SMALL) {
                rows.add(new Row(bound, below - seen));
                seen = below;
            }
            bound = roundUp(bound, STEPS);
        }
        if (seen < 1) {
            rows.add(new Row(top, 1 - seen));
        }
        return rows;
    }

    private static double below(Histogram nanos, double millis) {
        long limit = Math.max(0, (long) (millis * NANOS_PER_MILLI) - 1);
        return nanos.getCountBetweenValues(0, limit) / (double) nanos.getTotalCount();
    }

    /** The next round number above. */
    static double roundUp(double value, double... steps) {
        double unit = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-4))));
        for (double step : steps) {
            double candidate = exact(step * unit);
            if (candidate > value) {
                return candidate;
            }
        }
        return exact(10 * unit);
    }

    private static double exact(double value) {
        return new BigDecimal(value)
                .round(new MathContext(3, RoundingMode.HALF_UP))
                .doubleValue();
    }

    private static String limit(Row row) {
        BigDecimal limit = BigDecimal.valueOf(row.upToMillis).stripTrailingZeros();
        return limit.scale() < 1 && row.upToMillis < 10 ? limit.setScale(1).toPlainString() : limit.toPlainString();
    }
}
