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
import io.nucleon.record.FunctionJournal;
import io.nucleon.runtime.FunctionLog;
import io.nucleon.runtime.Platform;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.trigger.TriggerFactory;
import io.nucleon.trigger.http.HttpFront;
import io.nucleon.trigger.http.HttpTriggerFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A processor: event loops, functions and their servers, from start to the last worker's end. Started and stopped by one thread.
 */
final class Host implements ProcessorView, AutoCloseable {

    /** How often waits are looked at; an event waits that much longer than its limit at most. */
    private static final long TICK_MILLIS = 20;

    private final EventLoops loops;
    private final Path home;
    private final Path runFolder;
    private final Logs logs;
    private final LoopHeartbeat heartbeat;
    /** Null if functions have their own addresses only. */
    private final HttpFront front;

    private final List<HostedFunction> functions = new ArrayList<>();
    private final List<CompletableFuture<Void>> starts = new ArrayList<>();
    private volatile boolean started;
    /** Of the thread that starts and closes it. */
    private boolean ended;

    /**
     * Who hears of a function.
     *
     * @param log where its records and prints go
     * @param listener hears of its events
     */
    record Ears(FunctionLog log, InvocationListener listener) {}

    /**
     * Makes a host; starts nothing that takes events.
     *
     * @param plans at least one
     * @throws NucleonException when one of the functions can't be made
     */
    Host(List<Plan> plans, HostSetting setting, Function<Plan, Ears> ears) {
        home = setting.home();
        logs = setting.logs();
        runFolder = runFolder();
        loops = new EventLoops(EventLoops.countFor(busy(plans)));
        heartbeat = LoopHeartbeat.of(
                IntStream.range(0, loops.count()).mapToObj(loops::loop).toList(), Clock.system());
        front = setting.front() == null
                ? null
                : new HttpFront(
                        setting.front().address(),
                        loops,
                        Clock.system(),
                        setting.front().elsewhere());
        try {
            make(plans, setting, ears);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** How many threads of workers there are that loops could serve. */
    private static int busy(List<Plan> plans) {
        int workers = 0;
        for (Plan plan : plans) {
            if (plan.config().spec().runtime().name().equals("java")) {
                return Integer.MAX_VALUE;
            }
            workers += plan.triggers().stream()
                    .mapToInt(trigger -> Settings.workers(plan, trigger))
                    .sum();
        }
        return workers;
    }

    private static Path runFolder() {
        try {
            return RunFolder.create();
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.SOCKET_UNAVAILABLE,
                            "making the folder of the workers' sockets failed",
                            e.getMessage(),
                            "see that the temporary folder can be written to (java.io.tmpdir)")
                    .toException(e);
        }
    }

    /** The front first: workers are told its address when they start. */
    private void make(List<Plan> plans, HostSetting setting, Function<Plan, Ears> ears) {
        Platform platform = setting.platform();
        if (front != null) {
            front.start();
            platform = setting.front().elsewhere() == null ? platform : platform.withUrls(front.address());
        }
        Runtimes runtimes = new Runtimes(setting.chaos());
        List<NucleonException> failures = new ArrayList<>();
        for (Plan plan : plans) {
            Ears heard = ears.apply(plan);
            Hosting hosting = new Hosting(
                    platform,
                    runtimes,
                    httpFactory(plan, setting.front()),
                    heard.log(),
                    heard.listener(),
                    FunctionJournal.open(plan.name(), setting.journal().apply(plan), Clock.system()),
                    setting.events());
            try {
                functions.add(new HostedFunction(
                        plan, new RuntimeServices(loops, Clock.system(), home, runFolder, heard.log()), hosting));
            } catch (NucleonException e) {
                failures.add(e);
            }
        }
        unlessFailed(failures);
    }

    private TriggerFactory httpFactory(Plan plan, HostSetting.Front place) {
        if (place == null) {
            return new HttpTriggerFactory();
        }
        return place.only()
                ? HttpTriggerFactory.behind(front, plan.name())
                : HttpTriggerFactory.alsoBehind(front, plan.name());
    }

    private static void unlessFailed(List<NucleonException> failures) {
        if (failures.size() == 1) {
            throw failures.getFirst();
        }
        if (!failures.isEmpty()) {
            throw new StartException(failures);
        }
    }

    /** Starts the workers, which come up by themselves; {@link #awaitStart()} is to follow. */
    void start() {
        heartbeat.start();
        loops.every(TICK_MILLIS, () -> functions.forEach(HostedFunction::tick));
        functions.forEach(function -> starts.add(function.startWorkers().toCompletableFuture()));
    }

    /**
     * Waits for the workers, then starts the triggers; returns when events are taken.
     *
     * @throws NucleonException what went wrong
     */
    void awaitStart() {
        awaitWorkers();
        functions.forEach(HostedFunction::startHttp);
        startSources();
        startKept();
    }

    /**
     * Waits for the workers, then takes requests, and no events of other sources.
     *
     * @throws NucleonException what went wrong
     */
    void awaitHttp() {
        awaitWorkers();
        functions.forEach(HostedFunction::startHttp);
        started = true;
    }

    /**
     * Takes events of other sources than HTTP.
     *
     * @throws NucleonException when one can't be had
     */
    void startSources() {
        functions.forEach(HostedFunction::startSources);
        started = true;
    }

    /** Goes on with what the functions' journals hold. */
    void startKept() {
        functions.forEach(HostedFunction::startKept);
    }

    /** Lets a function be reached at the socket that this process was started with; returns its address. */
    String open(HostedFunction function, int descriptor) {
        return front.open(function.plan().name(), descriptor);
    }

    /** Takes no new connections and no events of other sources; clients that are connected are answered and asked to leave. */
    void retire() {
        front.retire();
        functions.forEach(HostedFunction::drainSources);
    }

    /** Whether the last client has left. */
    boolean isDeserted() {
        return front.isEmpty();
    }

    private void awaitWorkers() {
        List<NucleonException> failures = new ArrayList<>();
        for (CompletableFuture<Void> start : starts) {
            try {
                start.join();
            } catch (CompletionException e) {
                failures.add(known(e.getCause()));
            }
        }
        unlessFailed(failures);
    }

    private static NucleonException known(Throwable cause) {
        if (cause instanceof NucleonException known) {
            return known;
        }
        throw new IllegalStateException(cause);
    }

    /**
     * Lets open events finish within {@code grace}, then ends everything.
     *
     * @return whether all of them finished
     */
    boolean stop(Duration grace) {
        started = false;
        List<CompletableFuture<?>> drains = new ArrayList<>();
        if (front != null) {
            drains.add(front.drain().toCompletableFuture());
        }
        functions.forEach(function -> drains.add(function.drain().toCompletableFuture()));
        boolean finished = waitFor(drains, grace.toNanos());
        long stopNanos = finished ? termination().toNanos() : 0;
        end(stopNanos);
        return finished;
    }

    private void end(long graceNanos) {
        ended = true;
        waitFor(
                functions.stream()
                        .map(function -> function.stop(graceNanos).toCompletableFuture())
                        .toList(),
                graceNanos + TimeUnit.SECONDS.toNanos(5));
    }

    private Duration termination() {
        return functions.stream()
                .flatMap(function -> function.plan().triggers().stream())
                .map(trigger -> trigger.workers().terminationTimeout())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static boolean waitFor(List<? extends CompletableFuture<?>> futures, long nanos) {
        try {
            CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** In the order in which they were given. */
    List<HostedFunction> hosted() {
        return functions;
    }

    /** Events that are not answered yet. */
    int open() {
        return functions.stream().mapToInt(HostedFunction::open).sum();
    }

    boolean hasHttpTrigger() {
        return functions.stream().anyMatch(HostedFunction::hasHttpTrigger);
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
        return functions.stream()
                .map(function -> function.view(instanceOf(function)))
                .toList();
    }

    private static String instanceOf(HostedFunction function) {
        String named = System.getenv("NUCLIO_FUNCTION_INSTANCE");
        return named == null || named.isEmpty()
                ? function.plan().config().metadata().namespace() + "-"
                        + function.plan().name()
                : named;
    }

    @Override
    public long droppedLogRecords() {
        return logs.dropped();
    }

    @Override
    public void close() {
        if (!ended && !starts.isEmpty()) {
            end(0); // in order: nobody is to hear of workers that go since something else could not come
        }
        heartbeat.close();
        if (front != null) {
            front.stop();
        }
        functions.forEach(HostedFunction::close);
        loops.close();
        RunFolder.remove(runFolder);
    }
}
