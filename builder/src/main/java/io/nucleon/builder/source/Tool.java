package io.nucleon.builder.source;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs another program of the machine (git, pip, npm, docker) to its end, without a shell and without standard input. What it says goes,
 * secrets masked, to the build's log; its last lines are kept for the error. Safe for many threads.
 */
public class Tool {
    private static final int KEPT_LINES = 20;
    private static final int LONGEST_LINE = 8 * 1024;

    private final SecretMask mask;
    private final Consumer<String> log;
    private final Duration limit;

    /**
     * A runner.
     *
     * @param mask what must not be shown
     * @param log takes each line
     * @param limit after which a program is ended
     */
    public Tool(SecretMask mask, Consumer<String> log, Duration limit) {
        this.mask = mask;
        this.log = log;
        this.limit = limit;
    }

    /**
     * What a program is started with.
     *
     * @param environment added to ours; null as a value removes one
     */
    public record Call(Path folder, List<String> command, Map<String, String> environment) {}

    /**
     * How a program ended.
     *
     * @param lastLines of what it said, masked
     */
    public record End(int exit, String lastLines) {
        /** Whether it ended with 0. */
        public boolean isOk() {
            return exit == 0;
        }
    }

    /** Runs it; {@code output}, if it isn't null, gets standard output line by line instead of the log. */
    public End run(Call call, Consumer<String> output) {
        Process process = start(call);
        Deque<String> last = new ArrayDeque<>();
        Thread errors =
                Threads.start("build-tool-err", () -> read(process.errorReader(StandardCharsets.UTF_8), last, null));
        Thread guard = Threads.start("build-tool-limit", () -> endAfterLimit(process));
        try {
            read(
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
                    last,
                    output);
            errors.join();
            int exit = process.waitFor();
            synchronized (last) {
                return new End(exit, String.join("\n", last));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new End(-1, "the build was interrupted");
        } finally {
            guard.interrupt();
            end(process);
        }
    }

    private static Process start(Call call) {
        List<String> command = new ArrayList<>(call.command);
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(call.folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            Map<String, String> environment = builder.environment();
            call.environment.forEach((name, value) -> {
                if (value == null) {
                    environment.remove(name);
                } else {
                    environment.put(name, value);
                }
            });
            return builder.start();
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.BUILD_TOOL_MISSING,
                            "'" + command.getFirst() + "' can't be started",
                            String.valueOf(e.getMessage()),
                            "install it, and see that it is on PATH")
                    .toException(e);
        }
    }

    private void read(BufferedReader lines, Deque<String> last, Consumer<String> output) {
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (output != null) {
                    output.accept(line);
                    continue;
                }
                String shown = mask.mask(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
                synchronized (last) {
                    last.add(shown);
                    if (last.size() > KEPT_LINES) {
                        last.remove();
                    }
                }
                log.accept(shown);
            }
        } catch (IOException e) {
            // It was ended while it wrote; its exit code tells.
            log.accept(mask.mask(String.valueOf(e.getMessage())));
        }
    }

    private void endAfterLimit(Process process) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
            }
        } catch (InterruptedException e) {
            // It has ended in time.
            Thread.currentThread().interrupt();
        }
    }

    /** With what it started; of one that has ended by itself that can't be found any more, though looking for it takes time. */
    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
