package io.nucleon.cli;

import io.nucleon.command.LookOptions;
import io.nucleon.command.Terminal;
import io.nucleon.platform.WallClock;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The rows of {@code nucleon list}: functions that run or are deployed on this machine. Confined to one command. */
final class FunctionTable {
    static final String DEAD_LIST = "nucleon events dead list ";

    /** A figure that a function has only while it runs. */
    private static final String NONE = "-";

    private static final String HINT = "     <- ";
    private static final List<String> HEAD =
            List.of("NAME", "STATE", "RUNTIME", "TRIGGERS", "RATE", "P99", "ERRORS", "DEAD");
    private static final List<String> WIDE =
            List.of("NAMESPACE", "PROJECT", "PORT", "REPLICAS", "WORKERS", "AGE", "IMAGE", "URL", "PID", "SOURCE");

    private final Terminal terminal;
    private final List<ListedFunction> functions;
    private final boolean wide;
    private final Clock clock = new WallClock();

    FunctionTable(Terminal terminal, List<ListedFunction> functions, boolean wide) {
        this.terminal = terminal;
        this.functions = functions;
        this.wide = wide;
    }

    /** Those that have the labels, in the order that is asked for. */
    Listing of(LookOptions.ListFunctions wanted) {
        List<String> head = new ArrayList<>(HEAD);
        if (wide) {
            head.addAll(WIDE);
        }
        return new Listing(
                "functions",
                head,
                functions.stream()
                        .filter(one -> one.hasLabels(wanted.labels()))
                        .sorted(order(wanted.sort()))
                        .map(one -> new Listing.Row("function/" + one.name(), row(one), one.json()))
                        .toList(),
                functions.isEmpty()
                        ? "no functions yet; nucleon new hello"
                        : "no function has these labels; all of them: nucleon list");
    }

    /** What is equal stays in the order of the names. */
    private static Comparator<ListedFunction> order(LookOptions.Sort sort) {
        return switch (sort) {
            case NAME -> Comparator.comparing(ListedFunction::name);
            case STATE -> Comparator.comparing(ListedFunction::condition);
            case RUNTIME -> Comparator.comparing((ListedFunction one) -> one.text("runtime"));
            case RATE -> Comparator.comparingDouble((ListedFunction one) -> -one.number("perSecond"));
            case P99 -> Comparator.comparingDouble((ListedFunction one) -> -one.number("p99"));
            case ERRORS -> Comparator.comparingDouble((ListedFunction one) -> -one.errors());
            case DEAD ->
                Comparator.comparingLong((ListedFunction one) -> -one.dead().orElse(0));
        };
    }

    private List<String> row(ListedFunction function) {
        boolean runs = function.runs();
        List<String> row = new ArrayList<>(List.of(
                function.name(),
                function.condition() + whichOfItsName(function),
                function.text("runtime"),
                function.kinds(),
                runs ? unit(rate(function.number("perSecond"))) : NONE,
                runs ? unit(Timing.ms(function.number("p99")) + " ms") : NONE,
                runs ? unit(errors(function.errors())) : NONE,
                String.valueOf(function.dead().orElse(0))));
        if (wide) {
            row.addAll(List.of(
                    function.text("namespace"),
                    function.text("project"),
                    function.port().isPresent() ? String.valueOf(function.port().getAsInt()) : NONE,
                    function.replicas(),
                    String.valueOf(function.workers().size()),
                    age(function),
                    function.image().isEmpty() ? NONE : function.image(),
                    function.url(),
                    function.state().map(one -> String.valueOf(one.pid())).orElse(NONE),
                    function.source()));
        }
        row.set(row.size() - 1, row.getLast() + hint(function));
        return row;
    }

    /** For people how long ago, for programs when. */
    private String age(ListedFunction function) {
        return function.begun()
                .map(begun ->
                        terminal.outIsTerminal() ? Ages.ago(clock, begun.toEpochMilli() * 1_000_000) : begun.toString())
                .orElse(NONE);
    }

    /** A blank before the unit is for people. */
    private String unit(String amount) {
        return terminal.outIsTerminal() ? amount : amount.replace(" ", "");
    }

    /** What tells it from others of its name; nothing if there are none. */
    private String whichOfItsName(ListedFunction function) {
        List<ListedFunction> all = functions.stream()
                .filter(one -> one.name().equals(function.name()))
                .toList();
        if (all.size() == 1 || function.isDeployed()) {
            return "";
        }
        boolean several = all.stream().filter(one -> !one.isDeployed()).count() > 1;
        return several ? ", run from " + function.source() : ", run";
    }

    /** What to do or to know about it, behind its row; for people alone. */
    private String hint(ListedFunction function) {
        if (!terminal.outIsTerminal()) {
            return "";
        }
        if (!function.why().isEmpty()) {
            return HINT
                    + function.why().lines().findFirst().orElse("")
                    + (function.condition().equals("ready") ? "" : since(function));
        }
        return function.dead().orElse(0) == 0 ? "" : HINT + DEAD_LIST + function.name();
    }

    private String since(ListedFunction function) {
        return function.since()
                .map(since -> ", " + Ages.ago(clock, since.toEpochMilli() * 1_000_000))
                .orElse("");
    }

    static String rate(double perSecond) {
        if (perSecond >= 1000) {
            return String.format(Locale.ROOT, "%.1f k/s", perSecond / 1000);
        }
        return String.format(Locale.ROOT, perSecond == 0 || perSecond >= 10 ? "%.0f/s" : "%.1f/s", perSecond);
    }

    private static String errors(double share) {
        return String.format(Locale.ROOT, share == 0 || share >= 0.1 ? "%.0f %%" : "%.1f %%", share * 100);
    }
}
