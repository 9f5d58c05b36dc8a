package io.nucleon.app;

import io.nucleon.command.Output;
import io.nucleon.command.RunOptions;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.error.MessageText;
import io.nucleon.host.ReadyLine;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import io.nucleon.invoke.Clock;
import io.nucleon.log.LineSink;
import io.nucleon.log.LogConfig;
import io.nucleon.log.Logs;
import io.nucleon.runtime.FunctionLog;
import io.nucleon.spec.problem.Problem;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.event.Level;

/** {@code nucleon run}: serves a function on this machine until Ctrl-C. Confined to the main thread. */
final class RunCommand {

    private static final Duration FLUSH = Duration.ofSeconds(1);

    private final RunOptions options;
    private final Terminal terminal;
    private final Look look;
    private final boolean json;

    RunCommand(RunOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
        this.look = terminal.errLook(options.global().colour());
        this.json = options.global().output() == Output.JSON;
    }

    int run() {
        Plan plan = plan();
        showWarnings(plan.warnings());
        Logs logs = Logs.start(LogConfig.console(Level.WARN, LogConfig.Output.STDERR));
        LineSink out = logs.out();
        AccessLines access = new AccessLines(out, Clock.system(), style());
        FunctionLog functionLog = logs.function(
                plan.name(), LogConfig.console(Level.DEBUG, LogConfig.Output.STDERR), prints(out), prints(logs.err()));
        try (Host host = new Host(plan, Home.folder(), logs, functionLog, access)) {
            StopSignal stop = StopSignal.install();
            host.start();
            try (AdminServers servers = AdminServers.forRun(host)) {
                return serve(host, servers, stop, access);
            }
        } finally {
            logs.flush(FLUSH);
        }
    }

    private AccessLines.Style style() {
        return new AccessLines.Style(
                json,
                terminal.outLook(options.global().colour()),
                terminal.outColumns(),
                terminal.outIsTerminal(),
                ZoneId.systemDefault());
    }

    private Plan plan() {
        if (options.paths().size() > 1) {
            throw ErrorMessage.of(
                            ErrorCode.USAGE,
                            "run serves one function at a time in this version",
                            options.paths().size() + " were given",
                            "start a second 'nucleon run' with another --port")
                    .toException();
        }
        Path path = Path.of(options.paths().getFirst());
        Overrides overrides = new Overrides(
                options.host() + ":" + options.port(),
                options.workers().orElse(0),
                options.inFlight().orElse(0),
                options.transport().toString(),
                options.interpreter().isEmpty() ? null : Path.of(options.interpreter()));
        return Plan.ofPath(path, overrides, environment(path), options.strict());
    }

    /** {@code .env} beside the function, or the file that was named, then {@code --env}. */
    private Map<String, String> environment(Path path) {
        Map<String, String> environment = new LinkedHashMap<>();
        Path beside = (Files.isDirectory(path) ? path : path.toAbsolutePath().getParent()).resolve(".env");
        Path file = options.envFile().isEmpty() ? beside : Path.of(options.envFile());
        if (Files.isRegularFile(file) || !options.envFile().isEmpty()) {
            environment.putAll(EnvFile.read(file));
        }
        environment.putAll(options.env());
        return environment;
    }

    private void showWarnings(List<Problem> warnings) {
        if (!warnings.isEmpty() && !options.global().quiet()) {
            terminal.err()
                    .print(MessageText.terminal(
                            warnings.stream().map(Problem::toMessage).toList(), look));
        }
    }

    /** The function's own prints stand under its event's line. */
    private static LineSink prints(LineSink sink) {
        return text -> sink.line("  | " + text);
    }

    private int serve(Host host, AdminServers servers, StopSignal stop, AccessLines access) {
        HostedFunction function = host.function();
        long millis = sinceStart();
        if (json) {
            terminal.out().println(ready(function, servers, millis).toJson());
        } else if (!options.global().quiet()) {
            terminal.err().print(Banner.of(function, servers, millis));
        }
        terminal.out().flush();
        terminal.err().flush();
        RunStates.Registration known = publish(function);
        try {
            int exit = stop.await();
            drain(host, access);
            return exit;
        } finally {
            if (known != null) {
                known.close();
            }
        }
    }

    private static ReadyLine ready(HostedFunction function, AdminServers servers, long millis) {
        List<ReadyLine.Function> functions = function.address().isEmpty()
                ? List.of()
                : List.of(new ReadyLine.Function(function.plan().name(), URI.create(function.address())));
        return new ReadyLine(
                functions, "http://127.0.0.1:" + servers.addresses().get(1).getPort(), millis);
    }

    /** So that {@code nucleon invoke} finds it; the function runs without it too. */
    private RunStates.Registration publish(HostedFunction function) {
        if (function.address().isEmpty() || !RunState.isName(function.plan().name())) {
            return null;
        }
        try {
            return new RunStates(UserFolders.of(terminal.env()))
                    .publish(RunState.ofThisProcess(
                            function.plan().name(),
                            URI.create(function.address()),
                            "",
                            RunStates.real(function.plan().source())));
        } catch (IOException e) {
            return null;
        }
    }

    private void drain(Host host, AccessLines access) {
        long start = Clock.system().nanoTime();
        boolean quiet = options.global().quiet() || json;
        if (!quiet) {
            terminal.err().print("^C  draining " + host.function().open() + " events (Ctrl-C again drops them) … ");
            terminal.err().flush();
        }
        boolean finished = host.stop(options.drain());
        if (!quiet) {
            double seconds = (Clock.system().nanoTime() - start) / 1e9;
            terminal.err().printf(java.util.Locale.ROOT, "%s in %.1f s%n", finished ? "done" : "gave up", seconds);
            terminal.err().println(summary(host, access));
        }
    }

    private static String summary(Host host, AccessLines access) {
        long served = access.served();
        if (served == 0) {
            return "served 0";
        }
        var total = host.function().metrics().counts().total();
        return String.format(
                java.util.Locale.ROOT,
                "served %,d: %,d ok, %,d failed · p50 %.2f ms · p99 %.2f ms",
                served,
                served - access.failed(),
                access.failed(),
                total.percentileNanos(0.5) / 1e6,
                total.percentileNanos(0.99) / 1e6);
    }

    private static long sinceStart() {
        return ManagementFactory.getRuntimeMXBean().getUptime();
    }
}
