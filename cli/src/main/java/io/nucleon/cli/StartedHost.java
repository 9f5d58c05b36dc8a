package io.nucleon.cli;

import io.nucleon.command.FlagSources;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.error.NearestName;
import io.nucleon.host.ErrorJson;
import io.nucleon.host.ReadyLine;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A host that was started for one command: {@code nucleon run PATH --no-watch --port 0 -o json} as a process of its own, as a user would start it,
 * ended with the command. Its standard output is read to the end, so that it never waits for us.
 */
final class StartedHost implements Closeable {
    /** A JVM, an interpreter and a user's imports; large models take most of it. */
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** Longer than a host waits for open events by default. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private static final int KEPT_LINES = 20;

    private final Process process;
    private final Thread hook;
    private final CompletableFuture<ReadyLine> ready = new CompletableFuture<>();
    private final CompletableFuture<Optional<ErrorMessage>> said = new CompletableFuture<>();
    private final Deque<String> lastLines = new ArrayDeque<>();

    private StartedHost(Process process) {
        this.process = process;
        this.hook = Threads.atEnd(process::destroy);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts a host for a folder or file and waits until its function is ready. */
    static Target start(String path, List<String> flags, boolean verbose, Terminal terminal, Clock clock) {
        return start(path, flags, Map.of(), verbose, terminal, clock);
    }

    /** The same, with variables of its own beside those of this process. */
    static Target start(
            String path,
            List<String> flags,
            Map<String, String> environment,
            boolean verbose,
            Terminal terminal,
            Clock clock) {
        Instant begin = clock.instant();
        StartedHost host = new StartedHost(launch(path, flags, environment, terminal));
        Threads.start("nucleon-host-out", host::readOut);
        Threads.start("nucleon-host-err", () -> host.readErr(verbose, terminal));
        try {
            ReadyLine line = host.awaitReady(path);
            if (line.functions().isEmpty()) {
                throw Target.noHttp(path);
            }
            if (line.functions().size() > 1) {
                throw several(path, line);
            }
            ReadyLine.Function function = line.functions().getFirst();
            long millis = Duration.between(begin, clock.instant()).toMillis();
            return new Target(
                    function.name(),
                    function.url(),
                    line.host(),
                    OptionalLong.of(host.process.pid()),
                    false,
                    host,
                    "started for this call in " + millis + " ms");
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook has run.
            return;
        }
    }

    private static Process launch(String path, List<String> flags, Map<String, String> environment, Terminal terminal) {
        List<String> command =
                new ArrayList<>(List.of(launcher(terminal), "run", "--no-watch", "--port", "0", "-o", "json"));
        command.addAll(flags);
        command.addAll(List.of("--", path));
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(terminal.folder().toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(environment);
            // What a user has set for 'run' is meant for what they start by it.
            builder.environment().put(FlagSources.SETTINGS, "off");
            return builder.start();
        } catch (IOException e) {
            throw notStarted(path, String.valueOf(e.getMessage()), "see that nucleon is unpacked as a whole");
        }
    }

    /** The command that this process was started with; on the search path if nobody said. */
    private static String launcher(Terminal terminal) {
        String home = System.getProperty("nucleon.home", terminal.env().getOrDefault("NUCLEON_HOME", ""));
        return home.isEmpty() ? "nucleon" : Path.of(home, "bin", "nucleon").toString();
    }

    private void readOut() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!ready.isDone()) {
                    ReadyLine.fromJson(line).ifPresent(ready::complete);
                }
            }
        } catch (IOException e) {
            // It ended; what that means is decided below.
            ready.cancel(false);
        }
        ready.cancel(false);
    }

    private void readErr(boolean verbose, Terminal terminal) {
        Optional<ErrorMessage> error = Optional.empty();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<ErrorMessage> message = ErrorJson.read(line);
                error = message.isPresent() ? message : error;
                if (message.isEmpty()) {
                    keep(line);
                    if (verbose) {
                        terminal.err().println(Look.harmless(line));
                    }
                }
            }
        } catch (IOException e) {
            keep(String.valueOf(e.getMessage()));
        }
        said.complete(error);
    }

    private void keep(String line) {
        synchronized (lastLines) {
            lastLines.add(line);
            if (lastLines.size() > KEPT_LINES) {
                lastLines.remove();
            }
        }
    }

    private ReadyLine awaitReady(String path) {
        try {
            return ready.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw notStarted(path, "it was not ready after " + START_LIMIT.toSeconds() + " s", advice(path));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notStarted(path, "the command was interrupted", advice(path));
        } catch (ExecutionException | CancellationException e) {
            throw ended(path);
        }
    }

    /** Its own error if it told one: that is about the user's code. */
    private RuntimeException ended(String path) {
        try {
            int exit = process.waitFor();
            Optional<ErrorMessage> error = said.get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (error.isPresent()) {
                return error.get().toException();
            }
            StringBuilder why = new StringBuilder("its process ended with exit code " + exit + " before it was ready");
            synchronized (lastLines) {
                lastLines.forEach(line -> why.append("\n  | ").append(line));
            }
            return notStarted(path, why.toString(), advice(path));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notStarted(path, "the command was interrupted", advice(path));
        } catch (ExecutionException | TimeoutException e) {
            return notStarted(path, "its process ended before it was ready", advice(path));
        }
    }

    private static String advice(String path) {
        return "nucleon run " + CurlLine.quoted(path);
    }

    private static RuntimeException notStarted(String path, String why, String fix) {
        return ErrorMessage.of(ErrorCode.HOST_NOT_STARTED, path + " did not start for this call", why, fix)
                .toException();
    }

    private static RuntimeException several(String path, ReadyLine line) {
        List<String> names =
                line.functions().stream().map(ReadyLine.Function::name).toList();
        return ErrorMessage.of(
                        ErrorCode.USAGE,
                        path + " holds " + names.size() + " functions",
                        "they are: " + NearestName.list(names),
                        "nucleon invoke " + CurlLine.quoted(path.replaceFirst("/$", "") + "/" + names.getFirst()))
                .toException();
    }
}
