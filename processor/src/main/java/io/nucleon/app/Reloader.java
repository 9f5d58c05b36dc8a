package io.nucleon.app;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import io.nucleon.spec.code.FunctionCode;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.watch.SourceWatch;
import io.nucleon.watch.SourceWatch.Saved;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves what is saved: waits for saves on a thread of its own and has each function's next version made ready on another. Started and closed
 * by one thread.
 */
final class Reloader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    /** What is left to events that had begun on the old code, where they have no limit of their own. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** A version that is not ready after that gives way to what was saved since. */
    private static final Duration SUPERSEDED_AFTER = Duration.ofSeconds(2);

    /** So long the line about a save waits for the last events on the old code, to tell what became of them. */
    private static final long TELL_AFTER_MILLIS = 300;

    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<String, HostedFunction> functions = new HashMap<>();
    private final Map<String, Thread> running = new HashMap<>();
    private final Plans plans;
    private final SourceWatch watch;
    private final ReloadLines lines;
    /** Null if no debugger may come. */
    private final Inspection inspection;

    private final Clock clock;
    private Thread thread;

    Reloader(
            List<HostedFunction> functions,
            Plans plans,
            SourceWatch watch,
            ReloadLines lines,
            Inspection inspection,
            Clock clock) {
        functions.forEach(function -> this.functions.put(function.plan().name(), function));
        this.plans = plans;
        this.watch = watch;
        this.lines = lines;
        this.inspection = inspection;
        this.clock = clock;
        functions.forEach(function -> watch(function, List.of()));
    }

    /** {@code 3 files}, for banners. */
    String describe() {
        int files = watch.files();
        String why = watch.whyItLooks();
        return files
                + (files == 1 ? " file" : " files")
                + (why.isEmpty() ? "" : " (looking twice a second: " + why + ")");
    }

    void start() {
        functions.values().forEach(this::warm);
        thread = Threads.watch(this::run);
    }

    private void run() {
        try {
            List<Saved> saved = watch.await();
            while (!saved.isEmpty()) {
                for (Saved one : saved) {
                    begin(one);
                }
                saved = watch.await();
            }
        } catch (InterruptedException e) {
            // it is closed
        } finally {
            running.values().forEach(Thread::interrupt);
        }
    }

    /** The version that is on its way may get ready first, unless it takes too long: an endless loop at import must not keep its fix out. */
    private void begin(Saved saved) throws InterruptedException {
        Thread before = running.get(saved.function());
        if (before != null && !before.join(SUPERSEDED_AFTER)) {
            before.interrupt();
            before.join();
        }
        HostedFunction function = functions.get(saved.function());
        running.put(saved.function(), Threads.reload(saved.function(), () -> reload(function, saved)));
    }

    private void reload(HostedFunction function, Saved saved) {
        Plan serving = function.plan();
        try {
            long begun = clock.nanoTime();
            Plan next = plans.again(serving);
            List<String> restarts = Restarts.between(serving, next);
            FunctionPools.Replaced replaced = function.replace(
                    next, next.config().spec().eventTimeout().orElse(GRACE).toNanos());
            double millis = (clock.nanoTime() - begun) / NANOS_PER_MILLI;
            watch(function, List.of());
            CompletableFuture<Void> gone = gone(replaced);
            awaitLast(gone);
            lines.served(
                    function.plan(),
                    saved,
                    new ReloadLines.Served(
                            replaced.workers(),
                            millis,
                            replaced.open(),
                            replaced.lost(),
                            about(restarts, saved, next)));
            warm(function);
            if (inspection != null) {
                gone.get(); // the debugger's port is the old worker's till then
                inspection.open();
            }
        } catch (InterruptedException | ExecutionException e) {
            // closed, or what was saved since is served instead
        } catch (SpecException e) {
            refused(
                    function,
                    saved,
                    e.problems().stream().map(Problem::toMessage).toList());
        } catch (NucleonException e) {
            if (!Thread.currentThread().isInterrupted()) {
                refused(function, saved, List.of(e.error()));
            }
        } catch (RuntimeException e) {
            LOG.error("loading function '{}' anew failed", serving.name(), e);
            refused(function, saved, List.of(internal(serving, e)));
        }
    }

    /** Said with the save that brought it, not with each that follows. */
    private static ErrorMessage about(List<String> restarts, Saved saved, Plan plan) {
        String file = saved.changed().stream()
                .filter(path -> path.equals(plan.source()) || path.endsWith(FunctionCode.CONFIG_FILE))
                .map(path -> path.getFileName().toString())
                .findFirst()
                .orElse("");
        return restarts.isEmpty() || file.isEmpty() ? null : Restarts.message(file, restarts);
    }

    private static CompletableFuture<Void> gone(FunctionPools.Replaced replaced) {
        return CompletableFuture.allOf(replaced.predecessors().stream()
                .map(one -> one.ended().toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private static void awaitLast(CompletableFuture<Void> gone) throws InterruptedException {
        try {
            gone.get(TELL_AFTER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // they are counted as open
        }
    }

    /** The file that is at fault may be one that nobody knew of yet, so that its fix would not be seen. */
    private void refused(HostedFunction function, Saved saved, List<ErrorMessage> why) {
        lines.refused(function.plan(), saved, why);
        List<Path> atFault = new ArrayList<>();
        for (ErrorMessage message : why) {
            try {
                Path file = Path.of(message.place().file());
                if (!message.place().file().isEmpty()) {
                    atFault.add(file.toAbsolutePath().normalize());
                }
            } catch (InvalidPathException e) {
                // no file of ours
            }
        }
        watch(function, atFault);
        warm(function);
    }

    /** A debugger's port is for one process. */
    private void warm(HostedFunction function) {
        if (inspection == null) {
            function.warm();
        }
    }

    private void watch(HostedFunction function, List<Path> more) {
        List<Path> files = new ArrayList<>(plans.files(function.plan()));
        files.addAll(function.files());
        files.addAll(more);
        watch.watch(function.plan().name(), files);
    }

    private static ErrorMessage internal(Plan plan, RuntimeException failure) {
        return ErrorMessage.of(
                ErrorCode.INTERNAL,
                "loading function '" + plan.name() + "' anew failed",
                String.valueOf(failure),
                "report it with the log's stack trace");
    }

    /** Ends what is being made ready; what serves goes on. */
    @Override
    public void close() {
        watch.close();
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join();
                for (Thread reload : running.values()) {
                    reload.join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
