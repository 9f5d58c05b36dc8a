package io.nucleon.app;

import io.nucleon.admin.LatencySnapshot;
import io.nucleon.admin.LogTail;
import io.nucleon.command.Output;
import io.nucleon.command.RunOptions;
import io.nucleon.command.Terminal;
import io.nucleon.error.Look;
import io.nucleon.error.MessageText;
import io.nucleon.host.HostUrls;
import io.nucleon.host.ReadyLine;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.InvocationListener;
import io.nucleon.invoke.Outcome;
import io.nucleon.log.LineSink;
import io.nucleon.log.LogConfig;
import io.nucleon.log.Logs;
import io.nucleon.runtime.FunctionLog;
import io.nucleon.runtime.Platform;
import io.nucleon.spec.problem.Problem;
import io.nucleon.watch.Ignored;
import io.nucleon.watch.SourceWatch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.Level;

/** {@code nucleon run}: serves functions on this machine until Ctrl-C. Confined to the main thread. */
final class RunCommand {

    private static final int FIRST_FAILED = 500;
    private static final Duration FLUSH = Duration.ofSeconds(1);

    private final RunOptions options;
    private final Terminal terminal;
    private final Look look;
    private final boolean json;
    private final LogTail tail = new LogTail(Clock.system());

    RunCommand(RunOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
        this.look = terminal.errLook(options.global().colour());
        this.json = options.global().output() == Output.JSON;
    }

    int run() {
        Path home = Home.folder();
        Plans files = new Plans(options, Reading.at(home));
        List<Plan> plans = files.read();
        showWarnings(plans.stream().flatMap(plan -> plan.warnings().stream()).toList());
        Logs logs = Logs.start(LogConfig.console(Level.WARN, LogConfig.Output.STDERR));
        AccessLines access = new AccessLines(logs.out(), Clock.system(), style(plans.size() > 1));
        RunStates states = new RunStates(UserFolders.of(terminal.env()));
        try (OtherHosts others = new OtherHosts(states, Clock.system());
                Recording recording = Recording.of(options);
                Host host = new Host(
                        plans,
                        setting(home, logs, plans.size(), others, recording),
                        plan -> ears(plan, logs, access))) {
            StopSignal stop = StopSignal.install();
            host.start();
            try (AdminServers servers = AdminServers.forRun(host, tail, options.isSupervised())) {
                if (options.isSupervised()) {
                    return obey(host, servers, stop, states);
                }
                host.awaitStart();
                try (Inspection inspection = new Inspection(host.hosted().getFirst());
                        Reloader reloader = reloader(host, files, logs, inspection)) {
                    return serve(host, servers, stop, access, states, reloader, debugger(inspection));
                }
            }
        } finally {
            logs.flush(FLUSH);
        }
    }

    /** One function has the address for itself, several share it. */
    private HostSetting setting(Path home, Logs logs, int functions, OtherHosts others, Recording recording) {
        HostSetting.Front front = options.isSupervised()
                ? HostSetting.Front.hidden(others).alone()
                : functions == 1
                        ? HostSetting.Front.hidden(others)
                        : new HostSetting.Front(new InetSocketAddress(options.host(), options.port()), true, others);
        UserFolders folders = UserFolders.of(terminal.env());
        return new HostSetting(
                home,
                logs,
                Platform.LOCAL,
                front,
                plan -> JournalPlace.of(recording.journal(), folders, plan.name()),
                new EventSetting(recording::recorder, options.connects()));
    }

    private Host.Ears ears(Plan plan, Logs logs, AccessLines access) {
        LogConfig records = options.logFormat() == RunOptions.LogFormat.JSON
                ? LogConfig.json(Level.DEBUG, LogConfig.Output.STDERR)
                : LogConfig.console(Level.DEBUG, LogConfig.Output.STDERR);
        FunctionLog log = logs.function(plan.name(), records, prints(logs.out()), prints(logs.err()));
        InvocationListener lines = access.of(plan.name());
        return new Host.Ears(tail.keeping(plan.name(), log), options.isSupervised() ? failed(lines) : lines);
    }

    /** A log that nobody watches keeps what went wrong; a line for each event would fill it in minutes. */
    private static InvocationListener failed(InvocationListener lines) {
        return (invocation, outcome, status) -> {
            if (outcome != Outcome.RESPONDED || status >= FIRST_FAILED) {
                lines.ended(invocation, outcome, status);
            }
        };
    }

    private AccessLines.Style style(boolean severalFunctions) {
        return new AccessLines.Style(
                options.global().quiet(),
                json,
                terminal.outLook(options.global().colour()),
                terminal.outColumns(),
                terminal.outIsTerminal(),
                severalFunctions,
                ZoneId.systemDefault());
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

    private int obey(Host host, AdminServers servers, StopSignal stop, RunStates states) {
        host.awaitHttp();
        terminal.out().println(ready(host, servers.urls(), sinceStart()).toJson());
        terminal.out().flush();
        return new SupervisedRun(host, servers.urls(), states, terminal.out())
                .obey(terminal.in(), stop, options.drain());
    }

    /** Where one can come to, or why none can; empty if none is asked for. */
    private String debugger(Inspection inspection) {
        try {
            return options.inspect().isPresent() ? inspection.open() : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** Null if saves are not to be looked at. */
    private Reloader reloader(Host host, Plans files, Logs logs, Inspection inspection) {
        if (!options.watch()) {
            return null;
        }
        boolean several = host.hosted().size() > 1;
        ReloadLines lines = new ReloadLines(
                logs.out(),
                logs.err(),
                Clock.system(),
                new ReloadLines.Style(json, options.global().quiet(), look, several, ZoneId.systemDefault()));
        SourceWatch watch = new SourceWatch(Ignored.with(options.watchIgnore()), Clock.system()::nanoTime);
        return new Reloader(
                host.hosted(), files, watch, lines, options.inspect().isPresent() ? inspection : null, Clock.system());
    }

    private int serve(
            Host host,
            AdminServers servers,
            StopSignal stop,
            AccessLines access,
            RunStates states,
            Reloader reloader,
            String debugger) {
        long millis = sinceStart();
        // Whoever reads that it is ready must find it.
        List<RunStates.Registration> known = publish(host, servers.urls(), states);
        try {
            announce(host, servers, millis, reloader, debugger);
            if (reloader != null) {
                reloader.start();
            }
            int exit = stop.await();
            if (reloader != null) {
                reloader.close();
            }
            drain(host, access);
            return exit;
        } finally {
            known.forEach(RunStates.Registration::close);
        }
    }

    private void announce(Host host, AdminServers servers, long millis, Reloader reloader, String debugger) {
        HostUrls urls = servers.urls();
        if (json) {
            terminal.out().println(ready(host, urls, millis).toJson());
        } else if (!options.global().quiet()) {
            List<Banner.Shown> shown =
                    host.hosted().stream().map(HostedFunction::shown).toList();
            String watching = reloader == null ? "" : reloader.describe();
            Banner.Running running = new Banner.Running(millis, servers.hasMoved() ? urls : null, watching, debugger);
            terminal.err().print(Banner.of(shown, running, look));
        }
        terminal.out().flush();
        terminal.err().flush();
    }

    private static ReadyLine ready(Host host, HostUrls urls, long millis) {
        List<ReadyLine.Function> functions = host.hosted().stream()
                .flatMap(function -> function.url().stream()
                        .map(url -> new ReadyLine.Function(function.plan().name(), url)))
                .toList();
        return new ReadyLine(functions, urls, millis);
    }

    /** So that commands find them; functions run without it too. */
    private static List<RunStates.Registration> publish(Host host, HostUrls urls, RunStates states) {
        List<RunStates.Registration> known = new ArrayList<>();
        int number = 0;
        for (HostedFunction function : host.hosted()) {
            Path control = states.control(number++);
            String name = function.plan().name();
            if (RunState.isName(name)) {
                Path source = RunStates.real(function.plan().source());
                RunState state = RunState.ofThisProcess(name, function.url(), urls, source);
                try {
                    known.add(states.publish(function.listening(state, control)));
                } catch (IOException e) {
                    // a folder that can't be written is no reason not to serve
                }
            }
        }
        return known;
    }

    private void drain(Host host, AccessLines access) {
        long start = Clock.system().nanoTime();
        boolean quiet = options.global().quiet() || json;
        if (!quiet) {
            terminal.err().print(look.symbols("^C  draining " + host.open() + " events (Ctrl-C again drops them) … "));
            terminal.err().flush();
        }
        boolean finished = host.stop(options.drain());
        if (!quiet) {
            double seconds = (Clock.system().nanoTime() - start) / 1e9;
            terminal.err().printf(Locale.ROOT, "%s in %.1f s%n", finished ? "done" : "gave up", seconds);
            terminal.err().println(look.symbols(summary(host, access)));
        }
    }

    private static String summary(Host host, AccessLines access) {
        long served = access.served();
        if (served == 0) {
            return "served 0";
        }
        LatencySnapshot total = host.hosted().stream()
                .map(function -> function.metrics().counts().total())
                .reduce(LatencySnapshot::plus)
                .orElseThrow();
        return String.format(
                Locale.ROOT,
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
