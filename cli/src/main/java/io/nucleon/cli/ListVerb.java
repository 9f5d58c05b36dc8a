package io.nucleon.cli;

import io.nucleon.command.GlobalOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.NearestName;
import io.nucleon.host.JsonReader;
import io.nucleon.host.UserFolders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code nucleon list} and {@code nucleon get}: the functions that run on this machine. Confined to one command. */
final class ListVerb {
    private final Terminal terminal;
    private final GlobalOptions options;
    private final Look look;
    private final List<RunningFunction> functions;

    ListVerb(Terminal terminal, UserFolders folders, GlobalOptions options) {
        this.terminal = terminal;
        this.options = options;
        this.look = terminal.outLook(options.colour());
        this.functions = RunningFunction.all(folders, new MonotonicClock());
    }

    /** A table of all. */
    int list() {
        Output output = options.output();
        if (output.isDocument()) {
            JsonWriter json = Documents.begin("functions").name("items").array();
            functions.forEach(function -> json.json(function.json()));
            Documents.print(terminal, output, json.endArray().endObject().toString());
        } else if (output == Output.NAME) {
            functions.forEach(function -> terminal.out().println("function/" + function.name()));
        } else if (functions.isEmpty()) {
            if (!options.quiet()) {
                terminal.err().println("no function runs here; nucleon run PATH starts one");
            }
        } else {
            Columns.print(terminal, rows(output == Output.WIDE));
        }
        return 0;
    }

    /** One of them in full. */
    int get(String name) {
        // As 'list -o name' writes it.
        String wanted = name.replaceFirst("^function/", "");
        RunningFunction function = functions.stream()
                .filter(one -> one.name().equals(wanted))
                .findFirst()
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

    private List<List<String>> rows(boolean wide) {
        List<List<String>> rows = new ArrayList<>();
        if (!options.noHeader()) {
            List<String> head =
                    new ArrayList<>(List.of("NAME", "STATE", "RUNTIME", "TRIGGERS", "RATE", "P99", "ERRORS", "DEAD"));
            if (wide) {
                head.addAll(List.of("NAMESPACE", "PROJECT", "URL", "WORKERS", "PID", "SOURCE"));
            }
            rows.add(head);
        }
        for (RunningFunction function : functions) {
            List<String> row = new ArrayList<>(List.of(
                    function.name(),
                    function.condition(),
                    function.text("runtime"),
                    function.kinds(),
                    rate(function.number("perSecond")),
                    Timing.ms(function.number("p99")) + " ms",
                    errors(function.errors()),
                    function.dead().isPresent() ? String.valueOf(function.dead().getAsLong()) : "0"));
            if (wide) {
                row.addAll(List.of(
                        function.text("namespace"),
                        function.text("project"),
                        function.state().url().toString(),
                        String.valueOf(function.workers().size()),
                        String.valueOf(function.state().pid()),
                        function.state().source().toString()));
            }
            rows.add(row.stream().map(ListVerb::shown).toList());
        }
        return rows;
    }

    private String text(RunningFunction function) {
        StringBuilder text = new StringBuilder();
        line(text, "name", function.name());
        line(text, "state", function.condition());
        line(text, "runtime", function.text("runtime"));
        line(text, "handler", function.text("handler"));
        line(text, "url", function.state().url().toString());
        line(text, "source", function.state().source().toString());
        line(text, "process", String.valueOf(function.state().pid()));
        for (Map<String, Object> trigger : function.triggers()) {
            line(text, "trigger", JsonReader.text(trigger, "name") + " (" + JsonReader.text(trigger, "kind") + ")");
        }
        for (Map<String, Object> worker : function.workers()) {
            line(text, "worker", worker(worker));
        }
        line(
                text,
                "events",
                String.format(
                        Locale.ROOT,
                        "%,.0f ok, %,.0f failed · %s · p50 %s ms · p99 %s ms",
                        function.number("success"),
                        function.number("failure"),
                        rate(function.number("perSecond")),
                        Timing.ms(function.number("p50")),
                        Timing.ms(function.number("p99"))));
        function.dead()
                .ifPresent(dead -> line(
                        text, "dead", dead + (dead == 0 ? "" : "    nucleon events dead list " + function.name())));
        return text.toString();
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
        List<String> names = functions.stream().map(RunningFunction::name).toList();
        return ErrorMessage.of(
                        ErrorCode.FUNCTION_NOT_RUNNING,
                        "no function '" + name + "' runs here",
                        names.isEmpty()
                                ? "nothing runs on this machine for you"
                                : "running here: " + NearestName.list(names),
                        NearestName.to(name, names)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("start it: nucleon run PATH"))
                .toException();
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
