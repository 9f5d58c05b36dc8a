package io.nucleon.app;

import io.nucleon.admin.FunctionView;
import io.nucleon.admin.LoopHeartbeat;
import io.nucleon.admin.ProcessorView;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.InvocationListener;
import io.nucleon.log.Logs;
import io.nucleon.loop.EventLoops;
import io.nucleon.runtime.FunctionLog;
import io.nucleon.runtime.RuntimeServices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * A processor: event loops, one function and its servers, from start to the last worker's end. Started and stopped by one thread.
 */
final class Host implements ProcessorView, AutoCloseable {

    /** How often waits are looked at; an event waits that much longer than its limit at most. */
    private static final long TICK_MILLIS = 20;

    private final EventLoops loops;
    private final HostedFunction function;
    private final Path runFolder;
    private final LoopHeartbeat heartbeat;
    private final Logs logs;
    private volatile boolean started;

    /**
     * Makes a host; starts nothing that takes events.
     *
     * @throws NucleonException when the function can't be made
     */
    Host(Plan plan, Path home, Logs logs, FunctionLog functionLog, InvocationListener listener) {
        this.logs = logs;
        int workers = plan.triggers().stream()
                .mapToInt(trigger -> Settings.workers(plan, trigger))
                .sum();
        boolean inProcess = plan.config().spec().runtime().name().equals("java");
        loops = new EventLoops(EventLoops.countFor(inProcess ? Integer.MAX_VALUE : workers));
        try {
            runFolder = RunFolder.create();
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.SOCKET_UNAVAILABLE,
                            "making the folder of the workers' sockets failed",
                            e.getMessage(),
                            "see that the temporary folder can be written to (java.io.tmpdir)")
                    .toException(e);
        }
        RuntimeServices services = new RuntimeServices(loops, Clock.system(), home, runFolder, functionLog);
        function = new HostedFunction(plan, services, listener);
        heartbeat = LoopHeartbeat.of(
                IntStream.range(0, loops.count()).mapToObj(loops::loop).toList(), Clock.system());
    }

    /**
     * Starts workers, then triggers; returns when events are taken.
     *
     * @throws NucleonException the first thing that went wrong
     */
    void start() {
        heartbeat.start();
        loops.every(TICK_MILLIS, function::tick);
        try {
            function.startWorkers().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof NucleonException known ? known : new IllegalStateException(e.getCause());
        }
        function.startTriggers();
        started = true;
    }

    /**
     * Lets open events finish within {@code grace}, then ends everything.
     *
     * @return whether all of them finished
     */
    boolean stop(Duration grace) {
        started = false;
        boolean finished = waitFor(function.drain().toCompletableFuture(), grace.toNanos());
        Duration termination = function.plan().triggers().stream()
                .map(trigger -> trigger.workers().terminationTimeout())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        long stopNanos = finished ? termination.toNanos() : 0;
        waitFor(function.stop(stopNanos).toCompletableFuture(), stopNanos + TimeUnit.SECONDS.toNanos(5));
        return finished;
    }

    private static boolean waitFor(java.util.concurrent.CompletableFuture<Void> future, long nanos) {
        try {
            future.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    HostedFunction function() {
        return function;
    }

    LoopHeartbeat heartbeat() {
        return heartbeat;
    }

    @Override
    public boolean isStarted() {
        return started;
    }

    @Override
    public List<FunctionView> functions() {
        String named = System.getenv("NUCLIO_FUNCTION_INSTANCE");
        String namespace = function.plan().config().metadata().namespace();
        String instance = named == null || named.isEmpty()
                ? namespace + "-" + function.plan().name()
                : named;
        return List.of(function.view(instance));
    }

    @Override
    public long droppedLogRecords() {
        return logs.dropped();
    }

    @Override
    public void close() {
        heartbeat.close();
        loops.close();
        RunFolder.remove(runFolder);
    }
}
