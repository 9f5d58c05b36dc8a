package io.nucleon.cli;

import io.nucleon.command.Terminal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a bench end in order when the process is told to: the load stops, and the process waits until what there is has been shown. Closed by
 * the command when it has.
 */
final class BenchEnd implements AutoCloseable {
    /** As long as a host waits for open events; the process ends after it anyway. */
    private static final long MOST_SECONDS = 10;

    private final CountDownLatch shown = new CountDownLatch(1);
    private final Thread hook;

    private BenchEnd(Terminal terminal, BenchRunner runner) {
        this.hook = Threads.atEnd(() -> end(terminal, runner));
    }

    static BenchEnd of(Terminal terminal, BenchRunner runner) {
        BenchEnd end = new BenchEnd(terminal, runner);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    private void end(Terminal terminal, BenchRunner runner) {
        terminal.err().println("^C  waiting for open events, then showing what there is");
        terminal.err().flush();
        runner.stop();
        try {
            if (!shown.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                terminal.err().println("gave up after " + MOST_SECONDS + " s");
                terminal.err().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        shown.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook runs.
            return;
        }
    }
}
