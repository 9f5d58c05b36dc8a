package io.nucleon.cli.bench;

import io.nucleon.error.JsonWriter;
import io.nucleon.host.JsonReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Percentiles of a histogram, in ms. Immutable. */
public record Percentiles(double p50, double p90, double p99, double p999, double max, double mean) {
    /** As they are written, in this order. */
    public static final List<String> NAMES = List.of("p50", "p90", "p99", "p99.9", "max", "mean");

    private static final double NANOS_PER_MILLI = 1e6;

    /** Those of a histogram in ns. */
    static Percentiles of(Histogram nanos) {
        return new Percentiles(
                at(nanos, 50),
                at(nanos, 90),
                at(nanos, 99),
                at(nanos, 99.9),
                nanos.getMaxValue() / NANOS_PER_MILLI,
                nanos.getTotalCount() == 0 ? 0 : nanos.getMean() / NANOS_PER_MILLI);
    }

    private static double at(Histogram nanos, double percentile) {
        return nanos.getTotalCount() == 0 ? 0 : nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    /** The one of that name. */
    public double named(String name) {
        return switch (name) {
            case "p50" -> p50;
            case "p90" -> p90;
            case "p99" -> p99;
            case "p99.9" -> p999;
            case "max" -> max;
            case "mean" -> mean;
            default -> Double.NaN;
        };
    }

    void write(JsonWriter json) {
        json.object();
        NAMES.forEach(name -> json.name(name).value(Numbers.rounded(named(name))));
        json.endObject();
    }

    static Optional<Percentiles> read(Object value) {
        return JsonReader.asObject(value)
                .map(members -> new Percentiles(
                        number(members, "p50"),
                        number(members, "p90"),
                        number(members, "p99"),
                        number(members, "p99.9"),
                        number(members, "max"),
                        number(members, "mean")));
    }

    private static double number(Map<String, Object> members, String name) {
        return members.get(name) instanceof BigDecimal number ? number.doubleValue() : Double.NaN;
    }
}
