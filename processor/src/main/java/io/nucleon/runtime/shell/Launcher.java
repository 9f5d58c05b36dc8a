package io.nucleon.runtime.shell;

import io.nucleon.os.ProgramStarter;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A thread that starts programs one after the other, with what it needs for that. Safe for many threads. */
final class Launcher implements AutoCloseable {

    private static final int END_SECONDS = 5;

    private final ExecutorService thread;
    private final ProgramStarter starter;

    Launcher(String function, int index, Path directory) {
        starter = new ProgramStarter(directory);
        thread = Threads.launcher(function, index);
    }

    /** Runs {@code job} on the thread; it may block for as long as starting a program takes. */
    void execute(Consumer<ProgramStarter> job) {
        thread.execute(() -> job.accept(starter));
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                starter.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
