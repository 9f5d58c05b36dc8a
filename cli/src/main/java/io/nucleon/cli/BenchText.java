package io.nucleon.cli;

import io.nucleon.cli.bench.Bars;
import io.nucleon.cli.bench.BenchResult;
import io.nucleon.cli.bench.Course;
import io.nucleon.cli.bench.Figures;
import io.nucleon.cli.bench.Numbers;
import io.nucleon.cli.bench.Percentiles;
import io.nucleon.cli.bench.Subject;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/** A bench's result for a reader. Stateless. */
final class BenchText {
    private static final List<String> COLUMNS = List.of("p50", "p90", "p99", "p99.9", "max");

    private BenchText() {}

    /** {@code orders · python 3.11.2 · 4 workers · open loop 20,000/s · warm-up 2 s · 3 × 10 s}. */
    static String heading(Subject subject, Course course) {
        List<String> words = new ArrayList<>();
        words.add(Look.harmless(subject.name()));
        if (!subject.runtime().isEmpty()) {
            words.add(Look.harmless(subject.runtime()));
        }
        if (subject.workers() > 0) {
            words.add(subject.workers() + (subject.workers() == 1 ? " worker" : " workers"));
        }
        words.add(course.text());
        return String.join(" · ", words);
    }

    /** All the rest but comparisons, with line ends. */
    static String of(BenchResult result, Histogram total, Look look) {
        StringBuilder text = new StringBuilder();
        double seconds = result.runs().stream().mapToDouble(Figures::seconds).sum();
        line(
                text,
                String.format(Locale.ROOT, "bench   %.1f s  %,d events  ", seconds, result.events())
                        + look.paint(result.failed() > 0 ? Role.ERROR : Role.OK, result.failed() + " failed"));
        table(text, result.ms());
        Bars.of(total).forEach(bar -> line(text, bar));
        line(text, String.join(" · ", facts(result)));
        processes(text, result);
        if (!result.course().isOpen()) {
            line(
                    text,
                    look.paint(Role.ACCENT, "note")
                            + ": a closed loop can't see queueing: while the function stalls it sends less (an open one: --rate R)");
        }
        result.suspect().forEach(reason -> line(text, look.paint(Role.WARN, "suspect") + ": " + reason));
        return look.symbols(text.toString());
    }

    private static void table(StringBuilder text, Map<String, Percentiles> ms) {
        row(text, ms, "ms", column -> column);
        for (String part : Figures.PARTS) {
            if (ms.containsKey(part)) {
                row(text, ms, part, column -> Numbers.ms(ms.get(part).named(column)));
            }
        }
        if (!ms.containsKey("handler")) {
            line(text, "           (no Server-Timing in the answers: queue, handler and transport are not known)");
        }
    }

    private static void row(StringBuilder text, Map<String, Percentiles> ms, String name, UnaryOperator<String> value) {
        boolean isPart = Figures.PARTS.indexOf(name) > 0;
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-10s", isPart ? " " + name : name));
        for (String column : COLUMNS) {
            int width = column.equals(COLUMNS.getFirst()) ? firstWidth(ms) : 7;
            row.append(" ".repeat(Math.max(0, width - value.apply(column).length())))
                    .append(value.apply(column));
        }
        line(text, row + (name.equals("transport") ? "      (percentiles of parts do not add up)" : ""));
    }

    /** A value of less than 0.01 ms is longer than others, and stands behind the longest name. */
    private static int firstWidth(Map<String, Percentiles> ms) {
        return 1
                + ms.values().stream()
                        .mapToInt(
                                one -> Numbers.ms(one.named(COLUMNS.getFirst())).length())
                        .max()
                        .orElse(0);
    }

    private static List<String> facts(BenchResult result) {
        List<String> facts = new ArrayList<>();
        if (result.course().isOpen()) {
            facts.add("sent " + Numbers.rate(result.mean("rate")) + " of "
                    + Numbers.rate(result.course().rate()));
            facts.add("late " + Numbers.percent(result.mean("late")));
        } else {
            facts.add("answered " + Numbers.rate(result.mean("rate")));
        }
        if (Double.isFinite(result.mean("cpu"))) {
            facts.add("CPU " + Numbers.micros(result.mean("cpu")) + " µs/event (whole process tree)");
        }
        double generator = result.runs().stream()
                .mapToDouble(Figures::generatorCpu)
                .average()
                .orElse(0);
        facts.add("generator CPU " + Numbers.percent(generator));
        if (Double.isFinite(result.mean("rss"))) {
            facts.add("RSS " + Numbers.mib(result.mean("rss")));
        }
        return facts;
    }

    /** {@code CPU µs/event  java 29.8 · python3 × 4 8.2}: processes of one program together, means of the runs. */
    private static void processes(StringBuilder text, BenchResult result) {
        record Group(int count, double micros) {}
        Map<String, Group> groups = new LinkedHashMap<>();
        int runs = result.runs().size();
        for (Figures run : result.runs()) {
            Map<String, Group> ofRun = new LinkedHashMap<>();
            for (Figures.Program one : run.processes()) {
                ofRun.merge(
                        one.name(),
                        new Group(1, one.cpuMicros()),
                        (a, b) -> new Group(a.count() + b.count(), a.micros() + b.micros()));
            }
            ofRun.forEach((name, group) -> groups.merge(
                    name,
                    new Group(group.count(), group.micros() / runs),
                    (a, b) -> new Group(Math.max(a.count(), b.count()), a.micros() + b.micros())));
        }
        if (!groups.isEmpty()) {
            List<String> words = new ArrayList<>();
            groups.forEach((name, group) -> words.add(Look.harmless(name)
                    + (group.count() > 1 ? " × " + group.count() : "") + " " + Numbers.micros(group.micros())));
            line(text, "CPU µs/event  " + String.join(" · ", words));
        }
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
