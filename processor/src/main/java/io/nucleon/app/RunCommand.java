package io.nucleon.app;

import io.nucleon.admin.LogTail;
import io.nucleon.chaos.Chaos;
import io.nucleon.command.Faults;
import io.nucleon.command.Output;
import io.nucleon.command.RunOptions;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorMessage;
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
        ReloadLines.Style lineStyle =
                new ReloadLines.Style(json, options.global().quiet(), look, plans.size() > 1, ZoneId.systemDefault());
        try (Chaos chaos = chaos(logs, lineStyle);
                OtherHosts others = new OtherHosts(states, options.isSupervised(), Clock.system());
                Recording recording = Recording.of(options);
                Host host = new Host(
                        plans,
                        setting(home, logs, plans.size(), others, recording, chaos),
                        plan -> ears(plan, logs, access))) {
            StopSignal stop = StopSignal.install();
            host.start();
            try (AdminServers servers = AdminServers.forRun(host, tail, options.isSupervised())) {
                if (options.isSupervised()) {
                    return obey(host, servers, stop, states);
                }
                host.awaitStart();
                strikable(host);
                try (Inspection inspection = new Inspection(host.hosted().getFirst());
                        Reloader reloader = reloader(host, files, logs, lineStyle, inspection)) {
                    return serve(
                            host,
                            servers,
                            stop,
                            new Ending(terminal, lineStyle, access, chaos),
                            states,
                            reloader,
                            debugger(inspection));
                }
            }
        } finally {
            logs.flush(FLUSH);
        }
    }

    /** Null for nothing. */
    private Chaos chaos(Logs logs, ReloadLines.Style style) {
        Faults faults = options.chaos();
        return faults.isNone()
                ? null
                : new Chaos(
                        new Chaos.Odds(faults.kill(), faults.delay()),
                        new ChaosLines(logs.out(), logs.err(), Clock.system(), style));
    }

    /** Nothing happens to a function whose workers are no processes, which must not pass for a function that bears it. */
    private void strikable(Host host) {
        if (options.chaos().isNone()) {
            return;
        }
        for (HostedFunction function : host.hosted()) {
            if (function.workers().stream().allMatch(worker -> worker.pid() == 0)) {
                throw UsageError.badValue(
                        "--chaos",
                        "on",
                        "function '" + function.plan().name() + "' has no workers that are processes and stay",
                        "leave it out for this one: nucleon run "
                                + function.plan().source());
            }
        }
    }

    /** One function has the address for itself, several share it. */
    private HostSetting setting(
            Path home, Logs logs, int functions, OtherHosts others, Recording recording, Chaos chaos) {
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
                plan -> options.isSupervised()
                        ? JournalPlace.of(recording.journal(), folders, plan)
                        : JournalPlace.ofRun(recording.journal(), folders, plan),
                new EventSetting(recording::recorder, options.connects()),
                chaos);
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
        return new SupervisedRun(host, servers.urls(), states, new PipeSupervision(terminal.in(), terminal.out()))
                .obey(stop, options.drain());
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
    private Reloader reloader(Host host, Plans files, Logs logs, ReloadLines.Style style, Inspection inspection) {
        if (!options.watch()) {
            return null;
        }
        ReloadLines lines = new ReloadLines(logs.out(), logs.err(), Clock.system(), style);
        SourceWatch watch = new SourceWatch(Ignored.with(options.watchIgnore()), Clock.system()::nanoTime);
        return new Reloader(
                host.hosted(), files, watch, lines, options.inspect().isPresent() ? inspection : null, Clock.system());
    }

    private int serve(
            Host host,
            AdminServers servers,
            StopSignal stop,
            Ending ending,
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
            if (options.isOpen()) {
                Opening.begin(host.hosted(), terminal.env(), this::warn);
            }
            int exit = stop.await();
            if (reloader != null) {
                reloader.close();
            }
            ending.drain(host, options.drain());
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
            Banner.Running running = new Banner.Running(
                    millis,
                    servers.hasMoved() ? urls : null,
                    watching,
                    debugger,
                    options.chaos().describe());
            terminal.err().print(Banner.of(shown, running, look));
        }
        terminal.out().flush();
        terminal.err().flush();
    }

    private void warn(ErrorMessage message) {
        terminal.err().print(json ? MessageText.json(message) : MessageText.terminal(message, look));
        terminal.err().flush();
    }

    private static ReadyLine ready(Host host, HostUrls urls, long millis) {
        List<ReadyLine.Function> functions = host.hosted().stream()
                .flatMap(function -> function.url().stream()
                        .map(url -> new ReadyLine.Function(function.plan().name(), url)))
                .toList();
        return new ReadyLine(functions, urls, ReadyWorkers.of(host.hosted()), millis);
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

    private static long sinceStart() {
        return ManagementFactory.getRuntimeMXBean().getUptime();
    }
}
