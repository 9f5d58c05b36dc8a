package io.nucleon.cli;

import io.nucleon.command.LogsOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.WallClock;
import io.nucleon.platform.docker.DockerPlatform;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** {@code nucleon logs}: what functions on this machine logged and printed, as their hosts keep it. Confined to one command. */
final class LogsVerb {
    /** Held back by the host until there is something. */
    private static final int WAIT_MILLIS = 3_000;

    private final Terminal terminal;
    private final UserFolders folders;
    private final LogsOptions options;
    private final Clock clock = new MonotonicClock();
    private final LogLine text;
    private final LoggedEvents events;
    /** Whose lines are shown; empty for all. */
    private String function = "";

    LogsVerb(Terminal terminal, UserFolders folders, LogsOptions options) {
        this.terminal = terminal;
        this.folders = folders;
        this.options = options;
        this.events = new LoggedEvents(folders);
        this.text = new LogLine(
                terminal.outLook(options.global().colour()), ZoneId.systemDefault(), terminal.outIsTerminal());
    }

    int run() {
        Documents.refuse(options.global().output(), Output.NAME);
        if (Platforms.isDocker(options.global())) {
            return ofContainers();
        }
        List<RunState> states = states();
        if (states.isEmpty()) {
            return withoutProcess();
        }
        if (!options.global().quiet() && states.stream().anyMatch(RunState::deployed)) {
            options.function().ifPresent(this::tellOfNewer);
        }
        if (options.function().isPresent()) {
            function = states.getFirst().name();
        }
        Set<String> hosts = new TreeSet<>();
        states.forEach(state -> hosts.add(state.host().admin()));
        text.named(states.size() > 1);
        List<Map<String, Object>> lines = new ArrayList<>();
        List<Long> newest = new ArrayList<>();
        for (String host : hosts) {
            Map<String, Object> page = HostPage.object(host, "/logs", clock).orElseThrow(() -> silent(host));
            lines.addAll(wanted(page));
            newest.add(JsonReader.number(page, "newest"));
        }
        lines.sort(Comparator.comparingLong(line -> JsonReader.number(line, "time")));
        List<Map<String, Object>> shown =
                lines.stream().skip(Math.max(0, lines.size() - options.tail())).toList();
        shown.forEach(this::show);
        terminal.out().flush();
        options.record()
                .ifPresent(file -> events.save(shown, file, options.global().yes(), terminal));
        if (options.follow()) {
            follow(List.copyOf(hosts), newest);
        }
        return 0;
    }

    /** Until all hosts have ended. */
    private void follow(List<String> hosts, List<Long> newest) {
        CountDownLatch ended = new CountDownLatch(hosts.size());
        for (int i = 0; i < hosts.size(); i++) {
            String host = hosts.get(i);
            long from = newest.get(i);
            Threads.start("nucleon-logs", () -> {
                follow(host, from, this::showNow);
                ended.countDown();
            });
        }
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(String host, long from, Consumer<Map<String, Object>> sink) {
        long newest = from;
        while (true) {
            var page = HostPage.object(host, "/logs?after=" + newest + "&wait=" + WAIT_MILLIS, clock);
            if (page.isEmpty()) {
                return;
            }
            wanted(page.get()).forEach(sink);
            newest = Math.max(newest, JsonReader.number(page.get(), "newest"));
        }
    }

    private synchronized void showNow(Map<String, Object> line) {
        show(line);
        terminal.out().flush();
    }

    private void show(Map<String, Object> line) {
        if (options.global().output().isDocument()) {
            JsonWriter json = Documents.begin("log");
            line.forEach((name, value) -> json.name(name).json(JsonTree.text(value)));
            terminal.out().println(json.endObject());
        } else {
            terminal.out().println(text.of(line));
        }
    }

    private List<Map<String, Object>> wanted(Map<String, Object> page) {
        long now = new WallClock().millis();
        int lowest = LogsOptions.LEVELS.indexOf(options.level());
        return HostPage.objects(page, "lines").stream()
                .filter(line -> function.isEmpty() || function.equals(JsonReader.text(line, "function")))
                .filter(line -> LogLine.rank(JsonReader.text(line, "level")) >= lowest)
                .filter(line -> JsonReader.text(line, "event").startsWith(options.event()))
                .filter(line ->
                        options.grep().matcher(JsonReader.text(line, "message")).find())
                .filter(line ->
                        options.worker().isEmpty() || options.worker().getAsInt() == JsonReader.number(line, "worker"))
                .filter(line -> options.since()
                        .map(since -> now - JsonReader.number(line, "time") <= since.toMillis())
                        .orElse(true))
                .filter(line -> !options.failed() || events.isFailed(line))
                .toList();
    }

    /** A version that could not take over has no process that could be asked; its platform knows why it couldn't. */
    private void tellOfNewer(String name) {
        Platforms.local(folders, terminal.env())
                .find(name)
                .map(Deployed::message)
                .filter(message -> !message.isEmpty())
                .ifPresent(message -> terminal.err().println(Look.harmless(message)));
        terminal.err().flush();
    }

    /** Of a function that is deployed and whose process has ended there are the lines that its processes wrote, as they wrote them. */
    private int withoutProcess() {
        String name = options.function().orElseThrow();
        if (!options.global().quiet()) {
            terminal.err().println(name + " has no process now; the last lines of those before:");
            terminal.err().flush();
        }
        Platforms.local(folders, terminal.env())
                .logs(name, options.tail(), line -> terminal.out().println(Look.harmless(line)));
        terminal.out().flush();
        return 0;
    }

    /** As Docker keeps them: lines, of which it knows nothing. */
    private int ofContainers() {
        String name = options.function()
                .orElseThrow(() -> UsageError.badValue(
                        "logs", "", "of which function in Docker?", "nucleon logs NAME --platform docker"));
        Consumer<String> show = line -> {
            if (options.grep().matcher(line).find()) {
                terminal.out().println(Look.harmless(line));
                terminal.out().flush();
            }
        };
        DockerPlatform platform = Platforms.docker(folders, terminal.env());
        platform.logs(name, options.tail(), show);
        if (options.follow()) {
            platform.follow(name, show);
        }
        return 0;
    }

    private boolean isDeployed() {
        return options.function()
                .flatMap(name -> Platforms.local(folders, terminal.env()).find(name))
                .isPresent();
    }

    /** Those that run; none for a function that is deployed only. */
    private List<RunState> states() {
        List<RunState> alive = new RunStates(folders).alive();
        List<RunState> chosen = options.function()
                .map(name -> new TargetFinder(terminal, folders, options.global(), "logs", clock)
                        .sent(name).stream().toList())
                .orElse(alive);
        if (chosen.isEmpty() && !isDeployed()) {
            List<String> names = alive.stream().map(RunState::name).toList();
            String why = names.isEmpty() ? "" : TargetFinder.runningHere(names);
            throw options.function()
                    .map(name -> TargetFinder.notRunning(name, names, why))
                    .orElseGet(() -> ErrorMessage.of(
                                    ErrorCode.FUNCTION_NOT_RUNNING,
                                    "no function runs here",
                                    why,
                                    "start it: nucleon run PATH")
                            .toException());
        }
        return chosen;
    }

    private static RuntimeException silent(String host) {
        return ErrorMessage.of(
                        ErrorCode.FUNCTION_UNREACHABLE,
                        "the host at " + (host.isEmpty() ? "an unknown address" : host) + " does not tell its logs",
                        "it does not answer, or is of another version",
                        "see its own terminal")
                .toException();
    }
}
