package io.nucleon.support;

import io.nucleon.host.ReadyLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A processor in a process of its own that serves one function, as {@code nucleon run} does. Started and stopped by one thread; requests
 * may come from any.
 *
 * <p>What it prints is kept in a folder below {@code target/evidence} until it has stopped without a complaint.
 */
public final class TestProcessor implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final long STOP_SECONDS = 25;
    private static final Duration LEFT_LIMIT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int SHOWN_CHARS = 4000;

    private final Process process;
    private final Path temporary;
    private final Path evidence;
    private final Set<String> segmentsBefore;
    /** Null if it takes no calls. */
    private final URI address;

    /** So that a test run which is interrupted leaves none behind. */
    private final Thread exitHook;

    private boolean stopped;

    /**
     * How to start one.
     *
     * @param label a file name that says whose evidence it is
     * @param function folder or file
     * @param options of {@code nucleon run}, added to those that every test needs
     * @param environment added to this process's own
     * @param watch whether saves are served; else functions may write what they like into their folder
     */
    public record Setting(
            String label, Path function, List<String> options, Map<String, String> environment, boolean watch) {
        public Setting {
            options = List.copyOf(options);
            environment = Map.copyOf(environment);
        }

        public Setting(String label, Path function, List<String> options, Map<String, String> environment) {
            this(label, function, options, environment, false);
        }
    }

    private TestProcessor(Setting setting) throws IOException {
        // Short, as a socket's path may have 107 characters.
        temporary = Files.createTempDirectory("nuc");
        evidence = Path.of("target/evidence", setting.label()).toAbsolutePath();
        delete(evidence);
        Files.createDirectories(evidence);
        segmentsBefore = Leftovers.segments();
        process = launch(setting);
        exitHook = Threads.atExit("end-" + setting.label(), this::end);
        address = awaitReady(setting);
    }

    /** Starts a processor and waits until its function takes events. */
    public static TestProcessor start(Setting setting) {
        try {
            return new TestProcessor(setting);
        } catch (IOException e) {
            throw new UncheckedIOException("starting " + setting.function() + " failed", e);
        }
    }

    private Process launch(Setting setting) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("run", setting.function().toString(), "--port", "0", "-o", "json"));
        if (!setting.watch()) {
            words.add("--no-watch");
        }
        if (!setting.options().contains("--brokers")) {
            words.addAll(List.of("--brokers", "on"));
        }
        words.addAll(setting.options());
        ProcessBuilder builder = NucleonCommand.builder(temporary, words, setting.environment())
                .redirectOutput(evidence.resolve("stdout").toFile())
                .redirectError(evidence.resolve("stderr").toFile());
        return builder.start();
    }

    private URI awaitReady(Setting setting) {
        try {
            return Awaitility.await("the ready line of " + setting.label())
                    .atMost(START_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .until(this::readyOrEnded, Optional::isPresent)
                    .orElseThrow()
                    .functions()
                    .stream()
                    .map(ReadyLine.Function::url)
                    .findFirst()
                    .orElse(null);
        } catch (RuntimeException e) {
            end();
            delete(temporary);
            throw new IllegalStateException(setting.label() + " did not become ready; " + output(), e);
        }
    }

    private Optional<ReadyLine> readyOrEnded() throws IOException {
        boolean ended = !process.isAlive();
        Optional<ReadyLine> ready = Files.readAllLines(evidence.resolve("stdout")).stream()
                .map(ReadyLine::fromJson)
                .flatMap(Optional::stream)
                .findFirst();
        if (ended && ready.isEmpty()) {
            throw new IllegalStateException("it ended with status " + process.exitValue());
        }
        return ready;
    }

    /** Where the function's HTTP trigger listens; null if it has none. */
    public URI address() {
        return address;
    }

    /** Runs a command of the user whose processor this is, to its end. */
    public NucleonCommand.Ended command(Path folder, String... words) throws IOException {
        return NucleonCommand.run(temporary, folder, List.of(words), Map.of());
    }

    /** The processor's process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** A new connection to the function. */
    public RawClient connect() throws IOException {
        return new RawClient(address);
    }

    /** Whole lines of its standard output so far. */
    public List<String> out() throws IOException {
        return Files.readAllLines(evidence.resolve("stdout"));
    }

    /** What it has printed to standard error so far. */
    public String errors() throws IOException {
        return Files.readString(evidence.resolve("stderr"));
    }

    /** What it has printed so far, for a failed test's message. */
    public String output() {
        return "its output is in " + evidence + ":\n" + tail("stdout") + tail("stderr");
    }

    private String tail(String name) {
        try {
            String text = Files.readString(evidence.resolve(name));
            return text.substring(Math.max(0, text.length() - SHOWN_CHARS));
        } catch (IOException e) {
            return e + "\n";
        }
    }

    /**
     * Asks it to stop and waits until it has.
     *
     * @return what was wrong with its end and what it left behind, one line each; empty if nothing
     */
    public List<String> stop() {
        stopped = true;
        List<String> complaints = new ArrayList<>();
        process.destroy();
        if (!exits()) {
            threadDump();
            complaints.add("it did not end within " + STOP_SECONDS + " s of SIGTERM");
        } else if (process.exitValue() != 128 + 15) {
            complaints.add("its exit status was " + process.exitValue() + ", not 143");
        }
        end();
        Runtime.getRuntime().removeShutdownHook(exitHook);
        complaints.addAll(left());
        complaints.addAll(Leftovers.files(temporary));
        delete(temporary);
        return complaints;
    }

    /**
     * Processes and segments. The kernel takes a moment to end children whose parent has died, and a segment that appeared meanwhile may be
     * another processor's, which takes its name away once the worker has it.
     */
    private List<String> left() {
        List<String> left = new ArrayList<>();
        try {
            Awaitility.await("the end of all children and segments")
                    .atMost(LEFT_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .until(() -> {
                        left.clear();
                        left.addAll(Leftovers.processes(NucleonCommand.MARK, temporary.toString()));
                        left.addAll(Leftovers.segments());
                        left.removeAll(segmentsBefore);
                        return left.isEmpty();
                    });
        } catch (ConditionTimeoutException e) {
            // what is left is the answer
        }
        return left;
    }

    /** Throws away what it printed: nothing went wrong. */
    public void forgetEvidence() {
        delete(evidence);
    }

    /** Keeps its threads' stacks beside its output. */
    public void threadDump() {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd");
        try {
            Process dump = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "Thread.print", "-l")
                    .redirectErrorStream(true)
                    .redirectOutput(evidence.resolve("threads").toFile())
                    .start();
            dump.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            // the rest of the evidence must do
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean exits() {
        try {
            return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void end() {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            exits();
        }
    }

    @Override
    public void close() {
        if (!stopped) {
            stop();
        }
    }

    private static void delete(Path folder) {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("removing " + folder + " failed", e);
        }
    }
}
