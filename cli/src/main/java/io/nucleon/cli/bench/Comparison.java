package io.nucleon.cli.bench;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A bench beside an earlier one. Immutable. */
public record Comparison(BenchResult base, BenchResult now) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    /** What a difference is worth. */
    public enum Verdict {
        BETTER,
        WORSE,
        /** The spread of the runs does not exclude zero. */
        NOISE,
        /** One of the two has a single run, and so no spread. */
        UNKNOWN
    }

    /**
     * One figure in both.
     *
     * @param change relative to the base, so -0.06 for six percent less
     * @param noise half the width of the 95 % interval of the change; NaN if it is not known
     */
    public record Change(String name, double change, double noise, Verdict verdict) {
        /** {@code CPU -6 % better}, {@code p99 +1 % within noise (±3 %)}. */
        public String text() {
            String label = name.equals("cpu") ? "CPU" : name.equals("rss") ? "RSS" : name;
            return label + " " + percent("%+.0f", change) + " "
                    + switch (verdict) {
                        case BETTER -> "better";
                        case WORSE -> "worse";
                        case NOISE -> "within noise (±" + percent("%.0f", noise) + ")";
                        case UNKNOWN -> "(one run: no spread)";
                    };
        }

        private static String percent(String form, double share) {
            double percent = share * 100;
            boolean small = Math.abs(percent) < 1 && percent != 0;
            return String.format(Locale.ROOT, (small ? form.replace(".0", ".1") : form) + " %%", percent);
        }
    }

    /** Why figures of the two can't be compared, one reason each; empty if they can. */
    public List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        if (!base.machine().isLike(now.machine())) {
            obstacles.add("machine: " + base.machine().text() + " then, "
                    + now.machine().text() + " now");
        }
        if (!base.subject().runtime().equals(now.subject().runtime())) {
            obstacles.add("runtime: " + named(base.subject().runtime()) + " then, "
                    + named(now.subject().runtime()) + " now");
        }
        if (base.course().isOpen() != now.course().isOpen()) {
            obstacles.add(
                    "loop: " + base.course().text() + " then, " + now.course().text() + " now");
        }
        return obstacles;
    }

    /** The figures that a reader asks for first. */
    public List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (String name : List.of("cpu", "p50", "p99")) {
            change(name).ifPresent(changes::add);
        }
        if (!now.course().isOpen()) {
            change("rate").ifPresent(changes::add);
        }
        return changes;
    }

    /** One figure in both; empty if one of them does not have it. */
    public Optional<Change> change(String name) {
        Spread then = Spread.of(base.each(name));
        Spread here = Spread.of(now.each(name));
        if (then.count() == 0 || here.count() == 0 || then.mean() == 0) {
            return Optional.empty();
        }
        double change = here.mean() / then.mean() - 1;
        double noise = Spread.halfWidth(then, here) / then.mean();
        return Optional.of(new Change(name, change, noise, verdict(name, change, noise)));
    }

    private static Verdict verdict(String name, double change, double noise) {
        if (Double.isNaN(noise)) {
            return Verdict.UNKNOWN;
        }
        if (Math.abs(change) <= noise || change == 0) {
            return Verdict.NOISE;
        }
        boolean moreIsBetter = name.equals("rate");
        return change > 0 == moreIsBetter ? Verdict.BETTER : Verdict.WORSE;
    }

    /** {@code vs main (20 Nov, same machine): CPU -6 % better · …}. */
    public String text(String baseName) {
        List<String> changes = changes().stream().map(Change::text).toList();
        String machine = obstacles().isEmpty() ? "same machine" : "not comparable";
        return "vs " + baseName + " (" + day(base.time()) + ", " + machine + "): " + String.join(" · ", changes);
    }

    private static String day(String time) {
        try {
            return time.length() < 10 ? "?" : DAY.format(LocalDate.parse(time.substring(0, 10)));
        } catch (DateTimeParseException e) {
            return "?";
        }
    }

    private static String named(String runtime) {
        return runtime.isEmpty() ? "unknown" : runtime;
    }
}
