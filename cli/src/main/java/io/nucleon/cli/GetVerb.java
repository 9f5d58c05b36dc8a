package io.nucleon.cli;

import io.nucleon.command.GlobalOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.error.Look;
import io.nucleon.host.JsonReader;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.WallClock;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code nucleon get NAME}: a function in full. Confined to one command. */
final class GetVerb {
    private final Terminal terminal;
    private final GlobalOptions options;
    private final Look look;
    private final List<ListedFunction> functions;
    private final Clock clock = new WallClock();

    GetVerb(Terminal terminal, List<ListedFunction> functions, GlobalOptions options) {
        this.terminal = terminal;
        this.options = options;
        this.look = terminal.outLook(options.colour());
        this.functions = functions;
    }

    /** One of them in full. */
    int function(String word) {
        ListedFunction function = runFrom(word).or(() -> named(word)).orElseThrow(() -> notRunning(word));
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

    /** What {@code nucleon run} serves from a path. */
    private Optional<ListedFunction> runFrom(String path) {
        Path source = RunStates.real(terminal.folder().resolve(path));
        return TargetFinder.deployedFirst(options)
                ? Optional.empty()
                : functions.stream()
                        .filter(one -> !one.isDeployed())
                        .filter(one -> one.state().map(RunState::source).equals(Optional.of(source)))
                        .findFirst();
    }

    private Optional<ListedFunction> named(String name) {
        boolean deployedFirst = TargetFinder.deployedFirst(options);
        List<ListedFunction> named = functions.stream()
                .filter(one -> one.name().equals(name))
                .sorted(Comparator.comparing(one -> one.isDeployed() != deployedFirst))
                .toList();
        if (!named.isEmpty() && !named.getFirst().isDeployed()) {
            TargetFinder.refuseSeveral(
                    name, named.stream().flatMap(one -> one.state().stream()).toList(), SameName.Command.of("get"));
        }
        return named.stream().findFirst();
    }

    private String since(ListedFunction function) {
        return function.since()
                .map(since ->
                        terminal.outIsTerminal() ? Ages.ago(clock, since.toEpochMilli() * 1_000_000) : since.toString())
                .orElse("");
    }

    private String text(ListedFunction function) {
        StringBuilder text = new StringBuilder();
        line(text, "name", function.name());
        line(text, "state", function.condition());
        line(text, "why", function.why());
        line(text, "since", since(function));
        line(text, "runtime", function.text("runtime"));
        line(text, "handler", function.text("handler"));
        line(text, "url", function.url());
        line(text, "source", function.source());
        line(
                text,
                "process",
                function.state().map(one -> String.valueOf(one.pid())).orElse(""));
        line(text, "version", function.deployed().map(GetVerb::version).orElse(""));
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
                .ifPresent(dead -> line(
                        text, "dead", dead + (dead == 0 ? "" : "    " + FunctionTable.DEAD_LIST + function.name())));
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
                FunctionTable.rate(function.number("perSecond")),
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

    /** A line of a page, unless there is nothing to say. */
    void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append(look.paint(Look.Role.MUTED, String.format(Locale.ROOT, "%-9s", name)))
                    .append(Listing.shown(value))
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
}
