package io.nucleon.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition under which a bench fails: {@code p99>5ms}, {@code error>0.1%}, {@code rate<1000}, or beside a base {@code p99+10%}. Immutable.
 *
 * @param text as given
 * @param figure as {@link Figures#named} calls it
 * @param sign {@code >} or {@code <}; {@code +} or {@code -} relative to the base
 * @param limit in the figure's own unit (ms, µs, bytes, a share); for {@code +} and {@code -} a share of the base
 */
public record Gate(String text, String figure, char sign, double limit) {

    /** What is told when one can't be read. */
    public static final String FORM =
            "conditions are written like 'p99>5ms', 'error>0.1%', 'cpu>50us', 'rss>300MiB', 'rate<1000' or, with --compare, 'p99+10%'";

    private static final Pattern WRITTEN =
            Pattern.compile("([a-z0-9.]+)\\s*([<>+-])\\s*(\\d+(?:\\.\\d+)?)\\s*([a-zA-Zµ%/]*)");
    private static final List<String> PLAIN = List.of("cpu", "rss", "rate", "error", "late");

    /** Reads one; empty if it can't be. */
    public static Optional<Gate> of(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches() || written.group(3).length() > 15 || !isFigure(written.group(1))) {
            return Optional.empty();
        }
        String figure = written.group(1);
        char sign = written.group(2).charAt(0);
        double factor = sign == '+' || sign == '-' ? percent(written.group(4)) : factor(figure, written.group(4));
        return Double.isNaN(factor)
                ? Optional.empty()
                : Optional.of(new Gate(text, figure, sign, Double.parseDouble(written.group(3)) * factor));
    }

    /** Whether it needs a base. */
    public boolean isRelative() {
        return sign == '+' || sign == '-';
    }

    /** Why the bench does not pass; empty if it does. */
    public Optional<String> broken(BenchResult result, Optional<Comparison> comparison) {
        double value = isRelative()
                ? comparison
                        .flatMap(both -> both.change(figure))
                        .map(Comparison.Change::change)
                        .orElse(Double.NaN)
                : value(result);
        if (Double.isNaN(value)) {
            return Optional.of("'" + text + "': " + figure + " is not known");
        }
        boolean broken = switch (sign) {
            case '>' -> value > limit;
            case '<' -> value < limit;
            case '+' -> value > limit;
            default -> value < -limit;
        };
        return broken ? Optional.of("'" + text + "': " + figure + " is " + shown(value)) : Optional.empty();
    }

    /** Percentiles are those of all runs together, which is what is shown. */
    private double value(BenchResult result) {
        if (figure.equals("error")) {
            return result.events() == 0 ? Double.NaN : (double) result.failed() / result.events();
        }
        if (PLAIN.contains(figure)) {
            return result.mean(figure);
        }
        int dot = figure.indexOf('.');
        boolean named = dot > 0 && Figures.PARTS.contains(figure.substring(0, dot));
        Percentiles part = result.ms().get(named ? figure.substring(0, dot) : "total");
        return part == null ? Double.NaN : part.named(named ? figure.substring(dot + 1) : figure);
    }

    private String shown(double value) {
        if (isRelative()) {
            return String.format(Locale.ROOT, "%+.1f %% of the base", value * 100);
        }
        return switch (figure) {
            case "cpu" -> Numbers.micros(value) + " µs";
            case "rss" -> Numbers.mib(value);
            case "rate" -> Numbers.rate(value);
            case "error", "late" -> String.format(Locale.ROOT, "%.3f %%", value * 100);
            default -> Numbers.ms(value) + " ms";
        };
    }

    private static boolean isFigure(String name) {
        int dot = name.indexOf('.');
        boolean named = dot > 0 && Figures.PARTS.contains(name.substring(0, dot));
        return PLAIN.contains(name) || Percentiles.NAMES.contains(named ? name.substring(dot + 1) : name);
    }

    /** What the unit is of the figure's own; NaN for a unit that it can't have. */
    private static double factor(String figure, String unit) {
        return switch (figure) {
            case "cpu" ->
                switch (unit) {
                    case "", "us", "µs" -> 1;
                    case "ms" -> 1_000;
                    default -> Double.NaN;
                };
            case "rss" ->
                switch (unit) {
                    case "MiB", "Mi" -> 1 << 20;
                    case "GiB", "Gi" -> 1 << 30;
                    case "MB" -> 1_000_000;
                    case "GB" -> 1_000_000_000;
                    default -> Double.NaN;
                };
            case "rate" -> unit.isEmpty() || unit.equals("/s") ? 1 : Double.NaN;
            case "error", "late" -> percent(unit);
            default ->
                switch (unit) {
                    case "us", "µs" -> 0.001;
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    default -> Double.NaN;
                };
        };
    }

    private static double percent(String unit) {
        return unit.equals("%") ? 0.01 : Double.NaN;
    }
}
