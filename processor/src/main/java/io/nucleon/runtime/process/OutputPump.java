package io.nucleon.runtime.process;

import io.nucleon.runtime.FunctionLog;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads what a wrapper's user code prints, line by line, hands it on and keeps the last lines of standard error for crash messages.
 * {@link #run} blocks on a virtual thread of its own; {@link #lastLines} may be called from any thread.
 */
final class OutputPump implements Runnable {

    /** A deep stack and what was printed before it. */
    private static final int KEPT_LINES = 128;

    /** A line without an end is handed on in pieces of this size, so that a wild function can't fill our memory. */
    private static final int MAX_LINE_BYTES = 16 * 1024;

    private final InputStream stream;
    private final FunctionLog log;
    private final int worker;
    private final boolean error;
    private final Deque<String> last = new ArrayDeque<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    OutputPump(InputStream stream, FunctionLog log, int worker, boolean error) {
        this.stream = stream;
        this.log = log;
        this.worker = worker;
        this.error = error;
    }

    @Override
    public void run() {
        try (InputStream in = new BufferedInputStream(stream)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n' || line.size() >= MAX_LINE_BYTES) {
                    emit(line);
                }
                if (next != '\n') {
                    line.write(next);
                }
            }
            if (line.size() > 0) {
                emit(line);
            }
        } catch (IOException e) {
            // the process is gone and so is its pipe
        } finally {
            ended.complete(null);
        }
    }

    private void emit(ByteArrayOutputStream line) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        synchronized (last) {
            if (last.size() == KEPT_LINES) {
                last.removeFirst();
            }
            last.addLast(text);
        }
        log.line(worker, error, text);
    }

    /** Completes when everybody who could print has closed the pipe. */
    CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** The newest lines, oldest first. */
    List<String> lastLines() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }
}
