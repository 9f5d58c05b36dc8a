package io.nucleon.platform.local;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.host.ErrorJson;
import io.nucleon.host.Order;
import io.nucleon.host.ReadyLine;
import io.nucleon.host.WorkerCount;
import io.nucleon.os.ChildExit;
import io.nucleon.os.Children;
import io.nucleon.os.Pipe;
import io.nucleon.os.ProgramStarter;
import io.nucleon.os.Signals;
import io.nucleon.platform.Threads;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The process of one version of a function: {@code nucleon run FOLDER --supervised}, with the function's socket as its descriptor 3. What it
 * prints goes to the function's log. Safe for many threads.
 */
final class HostProcess {
    private static final int KEPT_LINES = 20;
    private static final String DOWN = "its process ended";

    private final String function;
    private final RotatingLog log;
    private final int pid;
    private final OutputStream orders;
    private final CompletableFuture<ReadyLine> ready = new CompletableFuture<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Map<Order, CompletableFuture<Void>> done = new ConcurrentHashMap<>();
    private final Deque<String> lastLines = new ArrayDeque<>();
    private volatile ErrorMessage error;

    private HostProcess(String function, RotatingLog log, int pid, OutputStream orders) {
        this.function = function;
        this.log = log;
        this.pid = pid;
        this.orders = orders;
        for (Order order : Order.values()) {
            done.put(order, new CompletableFuture<>());
        }
    }

    /**
     * What hosts are started with.
     *
     * @param command that stands for {@code nucleon}
     * @param environment of the daemon, for all functions
     */
    record Launch(List<String> command, Map<String, String> environment) {}

    /** Starts a version in its folder. */
    static HostProcess start(String function, Path folder, int socket, RotatingLog log, Launch launch) {
        List<String> words = new ArrayList<>(launch.command);
        words.addAll(List.of(
                "run", "--supervised", "--port", "0", "-o", "json", "--log-format", "json", "--", folder.toString()));
        List<String> environment = launch.environment.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .toList();
        try (ProgramStarter starter = new ProgramStarter(folder)) {
            Pipe in = Pipe.toProgram();
            Pipe out = Pipe.fromProgram();
            Pipe err = Pipe.fromProgram();
            int pid;
            try {
                var program = new ProgramStarter.Program(words.getFirst(), words, environment);
                pid = starter.start(program, in.theirs(), out.theirs(), err.theirs(), socket);
            } finally {
                in.closeTheirs();
                out.closeTheirs();
                err.closeTheirs();
            }
            // Opened anew, by Java's own means: what these get is a descriptor of the JVM's, and one that blocks.
            HostProcess process =
                    new HostProcess(function, log, pid, new FileOutputStream("/proc/self/fd/" + in.ours()));
            BufferedReader outLines = reader(out);
            BufferedReader errLines = reader(err);
            in.closeOurs();
            Thread reading = Threads.start(function + "-out", () -> process.read(outLines, false));
            Thread errors = Threads.start(function + "-err", () -> process.read(errLines, true));
            Threads.start(function + "-end", () -> process.awaitEnd(reading, errors));
            return process;
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.HOST_NOT_STARTED,
                            "the host of function '" + function + "' can't be started",
                            words.getFirst() + ": " + e.getMessage(),
                            "see that nucleon is unpacked as a whole")
                    .toException(e);
        }
    }

    private static BufferedReader reader(Pipe pipe) throws IOException {
        FileInputStream in = new FileInputStream("/proc/self/fd/" + pipe.ours());
        pipe.closeOurs();
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private void read(BufferedReader lines, boolean errors) {
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line, errors);
            }
        } catch (IOException e) {
            log.line("reading what " + function + " prints failed: " + e.getMessage());
        }
    }

    private void take(String line, boolean errors) {
        if (!errors && line.startsWith("{\"apiVersion\"")) {
            Optional<ReadyLine> isReady = ReadyLine.fromJson(line);
            isReady.ifPresent(ready::complete);
            Optional<Order> order = Order.doneIn(line);
            order.ifPresent(one -> done.get(one).complete(null));
            if (isReady.isPresent() || order.isPresent()) {
                return;
            }
        }
        log.line(line);
        Optional<ErrorMessage> told = errors ? ErrorJson.read(line) : Optional.empty();
        if (told.isPresent()) {
            error = told.get();
            return;
        }
        synchronized (lastLines) {
            lastLines.add(Look.harmless(line));
            if (lastLines.size() > KEPT_LINES) {
                lastLines.remove();
            }
        }
    }

    /** Until the child is gone and all that it printed was read. */
    private void awaitEnd(Thread reading, Thread errors) {
        ProcessHandle.of(pid).ifPresent(handle -> handle.onExit().join());
        ChildExit how = Children.reap(pid);
        try {
            // A worker that lives on for a moment may hold the other ends.
            reading.join(Duration.ofSeconds(2));
            errors.join(Duration.ofSeconds(2));
            orders.close();
        } catch (IOException | InterruptedException e) {
            log.line("the end of " + function + " was not seen whole: " + e.getMessage());
        }
        int code = how == null ? -1 : how.value();
        RuntimeException ended = ended(code);
        ready.completeExceptionally(ended);
        done.values().forEach(one -> one.completeExceptionally(ended));
        exit.complete(code);
    }

    /** Its own error if it told one: that is about the user's code. */
    private RuntimeException ended(int code) {
        ErrorMessage told = error;
        if (told == null) {
            return notReady(DOWN + " with " + Signals.describeExit(code));
        }
        String why = told.why() + shownLines(told.why().isEmpty() ? "it printed" : "; it printed");
        return new ErrorMessage(
                        told.code(),
                        told.severity(),
                        told.what(),
                        why,
                        told.fix(),
                        told.place(),
                        told.event(),
                        told.detail())
                .toException();
    }

    private String shownLines(String before) {
        String lines = lastLines();
        return lines.isEmpty() ? "" : before + ":\n  | " + lines.replace("\n", "\n  | ");
    }

    private RuntimeException notReady(String why) {
        return ErrorMessage.of(
                        ErrorCode.FUNCTION_NOT_READY,
                        "function '" + function + "' did not become ready",
                        why + shownLines("; it printed"),
                        "mend it and deploy again; what it printed: nucleon logs " + function)
                .toException();
    }

    String lastLines() {
        synchronized (lastLines) {
            return String.join("\n", lastLines);
        }
    }

    int pid() {
        return pid;
    }

    /** With which code it has ended; done when all that it printed is in the log. */
    CompletableFuture<Integer> exit() {
        return exit;
    }

    /**
     * Waits until its workers take events.
     *
     * @return where its supervisor, and nobody else, reaches the function; empty for a function without HTTP
     */
    Optional<URI> awaitReady(Duration limit) {
        ReadyLine line = await(ready, limit, "it was not ready after " + limit.toSeconds() + " s");
        return line.functions().stream().map(ReadyLine.Function::url).findFirst();
    }

    /** Its workers as they were when it was ready. */
    WorkerCount workers() {
        ReadyLine line = ready.isCompletedExceptionally() ? null : ready.getNow(null);
        return line == null ? WorkerCount.UNKNOWN : line.workers();
    }

    /** Gives an order and waits until it was carried out. */
    void order(Order order, Duration limit) {
        give(order);
        await(done.get(order), limit, "it did not " + order.word() + " within " + limit.toSeconds() + " s");
    }

    /** Gives an order; one that has ended takes none. */
    void give(Order order) {
        try {
            orders.write((order.word() + "\n").getBytes(StandardCharsets.US_ASCII));
            orders.flush();
        } catch (IOException e) {
            log.line("order " + order.word() + " came to nobody: " + e.getMessage());
        }
    }

    private <T> T await(CompletableFuture<T> future, Duration limit, String late) {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw notReady(late);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notReady("the daemon ends");
        }
    }

    /** Ends it with all that it started, now. */
    void kill() {
        Signals.toGroup(pid, Signals.KILL);
    }

    /** Asks it to drain and end; kills it if it hasn't by then. */
    void stop(Duration limit) {
        Signals.toProcess(pid, Signals.TERM);
        try {
            exit.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
