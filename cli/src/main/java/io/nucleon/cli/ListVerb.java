package io.nucleon.cli;

import io.nucleon.command.GlobalOptions;
import io.nucleon.command.LookOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.host.JsonReader;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.Deployed;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code nucleon list} and {@code nucleon get}: the functions that run or are deployed on this machine. Confined to one command. */
final class ListVerb {
    /** A figure that a function has only while it runs. */
    private static final String NONE = "-";

    private static final String HINT = "     <- ";
    private static final String DEAD_LIST = "nucleon events dead list ";

    private final Terminal terminal;
    private final GlobalOptions options;
    private final Look look;
    private final List<ListedFunction> functions;
    private final Clock clock = new WallClock();

    ListVerb(Terminal terminal, UserFolders folders, GlobalOptions options) {
        this.terminal = terminal;
        this.options = options;
        this.look = terminal.outLook(options.colour());
        this.functions = ListedFunction.all(
                folders, Platforms.local(folders, terminal.env()).list(), new MonotonicClock());
    }

    /** A table of all. */
    int list() {
        return list(functions);
    }

    /** A table of those that have the labels, in the order that is asked for. */
    int list(LookOptions.ListFunctions wanted) {
        return list(functions.stream()
                .filter(one ->
                        one.labels().entrySet().containsAll(wanted.labels().entrySet()))
                .sorted(order(wanted.sort()))
                .toList());
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

    private int list(List<ListedFunction> chosen) {
        Output output = options.output();
        if (output.isDocument()) {
            JsonWriter json = Documents.begin("functions").name("items").array();
            chosen.forEach(function -> json.json(function.json()));
            Documents.print(terminal, output, json.endArray().endObject().toString());
        } else if (output == Output.NAME) {
            chosen.stream()
                    .map(ListedFunction::name)
                    .distinct()
                    .forEach(name -> terminal.out().println("function/" + name));
        } else if (chosen.isEmpty()) {
            if (!options.quiet()) {
                terminal.err()
                        .println(
                                functions.isEmpty()
                                        ? "no functions yet; nucleon new hello"
                                        : "no function has these labels; all of them: nucleon list");
            }
        } else {
            Columns.print(terminal, rows(chosen, output == Output.WIDE));
        }
        return 0;
    }

    /** One of them in full. */
    int get(String name) {
        // As 'list -o name' writes it.
        String wanted = name.replaceFirst("^function/", "");
        boolean deployedFirst = TargetFinder.deployedFirst(options);
        ListedFunction function = functions.stream()
                .filter(one -> one.name().equals(wanted))
                .min(Comparator.comparing(one -> one.isDeployed() != deployedFirst))
                .orElseThrow(() -> notRunning(wanted));
        Output output = options.output();
        if (output.isDocument()) {
            Documents.print(terminal, output, function.json());
        } else if (output == Output.NAME) {
            terminal.out().println("function/" + function.name());
        } else {
            terminal.out().print(look.symbols(text(function)));
        }
        return 0;
    }

    private List<List<String>> rows(List<ListedFunction> chosen, boolean wide) {
        List<List<String>> rows = new ArrayList<>();
        if (!options.noHeader()) {
            List<String> head =
                    new ArrayList<>(List.of("NAME", "STATE", "RUNTIME", "TRIGGERS", "RATE", "P99", "ERRORS", "DEAD"));
            if (wide) {
                head.addAll(List.of("NAMESPACE", "PROJECT", "URL", "WORKERS", "PID", "SOURCE"));
            }
            rows.add(head);
        }
        for (ListedFunction function : chosen) {
            boolean runs = function.runs();
            List<String> row = new ArrayList<>(List.of(
                    function.name(),
                    function.condition() + (isTwice(function) && !function.isDeployed() ? ", run" : ""),
                    function.text("runtime"),
                    function.kinds(),
                    runs ? rate(function.number("perSecond")) : NONE,
                    runs ? Timing.ms(function.number("p99")) + " ms" : NONE,
                    runs ? errors(function.errors()) : NONE,
                    String.valueOf(function.dead().orElse(0))));
            if (wide) {
                row.addAll(List.of(
                        function.text("namespace"),
                        function.text("project"),
                        function.url(),
                        String.valueOf(function.workers().size()),
                        function.state().map(one -> String.valueOf(one.pid())).orElse(NONE),
                        function.source()));
            }
            row.set(row.size() - 1, row.getLast() + hint(function));
            rows.add(row.stream().map(ListVerb::shown).toList());
        }
        return rows;
    }

    /** Whether one that is deployed and one that is not share its name. */
    private boolean isTwice(ListedFunction function) {
        return functions.stream()
                        .filter(one -> one.name().equals(function.name()))
                        .count()
                > 1;
    }

    /** What to do or to know about it, behind its row; for people alone. */
    private String hint(ListedFunction function) {
        if (!terminal.outIsTerminal()) {
            return "";
        }
        if (!function.why().isEmpty()) {
            return HINT + function.why().lines().findFirst().orElse("") + since(function, ", ");
        }
        return function.dead().orElse(0) == 0 ? "" : HINT + DEAD_LIST + function.name();
    }

    private String since(ListedFunction function, String before) {
        return function.since()
                .map(since -> before
                        + (terminal.outIsTerminal()
                                ? Ages.ago(clock, since.toEpochMilli() * 1_000_000)
                                : since.toString()))
                .orElse("");
    }

    private String text(ListedFunction function) {
        StringBuilder text = new StringBuilder();
        line(text, "name", function.name());
        line(text, "state", function.condition());
        line(text, "why", function.why());
        line(text, "since", since(function, ""));
        line(text, "runtime", function.text("runtime"));
        line(text, "handler", function.text("handler"));
        line(text, "url", function.url());
        line(text, "source", function.source());
        line(
                text,
                "process",
                function.state().map(one -> String.valueOf(one.pid())).orElse(""));
        line(text, "version", function.deployed().map(ListVerb::version).orElse(""));
        for (Map<String, Object> trigger : function.triggers()) {
            line(text, "trigger", JsonReader.text(trigger, "name") + " (" + JsonReader.text(trigger, "kind") + ")");
        }
        for (Map<String, Object> worker : function.workers()) {
            line(text, "worker", worker(worker));
        }
        if (function.runs()) {
            line(text, "events", events(function));
        }
        function.dead()
                .ifPresent(dead -> line(text, "dead", dead + (dead == 0 ? "" : "    " + DEAD_LIST + function.name())));
        return text.toString();
    }

    private static String version(Deployed deployed) {
        return deployed.version()
                + (deployed.restarts() == 0 ? "" : " · started again " + deployed.restarts() + " times");
    }

    private static String events(ListedFunction function) {
        return String.format(
                Locale.ROOT,
                "%,.0f ok, %,.0f failed · %s · p50 %s ms · p99 %s ms",
                function.number("success"),
                function.number("failure"),
                rate(function.number("perSecond")),
                Timing.ms(function.number("p50")),
                Timing.ms(function.number("p99")));
    }

    private static String worker(Map<String, Object> worker) {
        long pid = JsonReader.number(worker, "pid");
        long restarts = JsonReader.number(worker, "restarts");
        String error = JsonReader.text(worker, "lastError");
        return "w" + JsonReader.number(worker, "index") + " " + JsonReader.text(worker, "state")
                + (pid == 0 ? "" : " · pid " + pid)
                + " · " + JsonReader.text(worker, "transport")
                + (restarts == 0 ? "" : " · " + restarts + " restarts")
                + (error.isEmpty() ? "" : " · " + error);
    }

    private void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append(look.paint(Look.Role.MUTED, String.format(Locale.ROOT, "%-9s", name)))
                    .append(shown(value))
                    .append('\n');
        }
    }

    private RuntimeException notRunning(String name) {
        List<String> names = functions.stream().map(ListedFunction::name).toList();
        return TargetFinder.notRunning(
                name,
                names,
                names.isEmpty() ? "nothing runs on this machine for you" : TargetFinder.runningHere(names));
    }

    private static String rate(double perSecond) {
        if (perSecond >= 1000) {
            return String.format(Locale.ROOT, "%.1f k/s", perSecond / 1000);
        }
        return String.format(Locale.ROOT, perSecond == 0 || perSecond >= 10 ? "%.0f/s" : "%.1f/s", perSecond);
    }

    private static String errors(double share) {
        return String.format(Locale.ROOT, share == 0 || share >= 0.1 ? "%.0f %%" : "%.1f %%", share * 100);
    }

    private static String shown(String text) {
        return Look.harmless(text).replace('\n', ' ').replace('\t', ' ');
    }
}
