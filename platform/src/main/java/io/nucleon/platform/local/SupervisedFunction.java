package io.nucleon.platform.local;

import io.nucleon.error.NucleonException;
import io.nucleon.host.Order;
import io.nucleon.host.WorkerCount;
import io.nucleon.os.Signals;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.Deployment;
import io.nucleon.platform.LentSocket;
import io.nucleon.platform.Probing;
import io.nucleon.platform.Threads;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One deployed function: its socket, the process of the version that serves, and what happens when that ends by itself. Its methods exclude
 * each other, so each waits for the one before.
 *
 * <p>A new version is started beside the old one, on a private address. When it is ready and has answered its probe it takes connections of
 * the shared socket; then the old one takes no more, answers what is open, asks its clients to leave and ends; then the new one goes on with
 * what the function's journal holds, which one process at a time can have.
 *
 * <p>A process that ends by itself is started again after 0, 1, 2, 4 … 30 s; one that lived for a minute begins anew.
 */
final class SupervisedFunction {
    /** To begin to take events of all its sources: brokers may be slow. */
    private static final Duration SERVE_LIMIT = Duration.ofSeconds(60);

    /** For the word that a version takes no more connections. */
    private static final Duration RETIRE_LIMIT = Duration.ofSeconds(10);

    /** More than {@code run} gives clients and open events by itself (10 s each). */
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(30);

    private static final String READY = "ready";
    private static final long LONGEST_WAIT_SECONDS = 30;
    private static final Duration LIVED = Duration.ofSeconds(60);

    private final FunctionStore store;
    private final HostProcess.Launch launch;
    private final ScheduledExecutorService timer;
    private final RotatingLog log;
    private final Clock clock;
    private LentSocket socket;
    private HostProcess current;
    private FunctionStore.State state;
    private int restarts;
    private int failures;
    private boolean ended;
    private volatile Deployed shown;
    /** How it is with a version that nobody waits for; empty if the last such one serves. */
    private volatile String submitted;

    SupervisedFunction(FunctionStore store, HostProcess.Launch launch, ScheduledExecutorService timer, Clock clock) {
        this.clock = clock;
        this.store = store;
        this.launch = launch;
        this.timer = timer;
        this.log = new RotatingLog(store.logs(), RotatingLog.FILE_BYTES);
        this.state = store.state();
        this.submitted = state.failed();
        show(state.version() == 0 && !submitted.isEmpty() ? "error" : "unhealthy", "it is being started");
    }

    /**
     * Makes a version serve.
     *
     * @param port wanted; 0 for the one before, or any
     * @throws NucleonException if it can't; the one before serves on
     */
    synchronized Deployed serve(int version, int port, Duration readiness, Optional<Deployment.Probe> probe) {
        boolean moves = socket == null || (port != 0 && port != socket.port());
        LentSocket place = moves ? (port != 0 ? LentSocket.open(port) : LentSocket.openLike(state.port())) : socket;
        HostProcess next = null;
        try {
            next = HostProcess.start(store.name(), store.version(version), place.descriptor(), log, launch);
            Optional<URI> url = next.awaitReady(readiness);
            if (probe.isPresent() && url.isPresent()) {
                Probing.probe(store.name(), url.get(), probe.get());
            }
            next.order(Order.SERVE, SERVE_LIMIT);
        } catch (RuntimeException e) {
            if (next != null) {
                next.kill();
                next.exit().join();
            }
            if (moves) {
                place.close();
            }
            throw e;
        }
        restarts = 0;
        failures = 0;
        submitted = "";
        takeOver(next, place, version, "");
        return shown;
    }

    /**
     * Makes a version serve once it is ready, and returns at once. If it never is, it is removed; what is {@link #shown} and the log say why.
     *
     * @return what is there, with the number of the new version
     */
    Deployed submit(int version, int port, Duration readiness, Optional<Deployment.Probe> probe) {
        submitted = beingStarted(version);
        Threads.start(store.name() + "-submitted", () -> attempt(version, port, readiness, probe));
        return shown(version);
    }

    private static String beingStarted(int version) {
        return "version " + version + " is being started";
    }

    private synchronized void attempt(int version, int port, Duration readiness, Optional<Deployment.Probe> probe) {
        if (ended) {
            return;
        }
        try {
            if (version < state.version()) {
                // A later one was faster to get here.
                store.remove(version);
                return;
            }
            submitted = beingStarted(version);
            // What holds if this process is killed meanwhile.
            remember("version " + version + " was not ready yet when the daemon ended");
            serve(version, port, readiness, probe);
        } catch (RuntimeException e) {
            String why = e instanceof NucleonException known ? known.error().line() : String.valueOf(e);
            submitted = "version " + version + " does not serve: " + why;
            log.line("nucleon: " + submitted);
            if (state.version() == 0) {
                show("error", "");
            }
            remember(submitted);
            store.remove(version);
        }
    }

    private void remember(String failed) {
        state = new FunctionStore.State(state.version(), state.port(), failed);
        store.write(state);
    }

    private void takeOver(HostProcess next, LentSocket place, int version, String failed) {
        HostProcess old = current;
        LentSocket oldPlace = socket;
        current = next;
        socket = place;
        state = new FunctionStore.State(version, place.port(), failed);
        store.write(state);
        show(READY, "");
        watch(next);
        if (old == null) {
            if (oldPlace != null && oldPlace != place) {
                oldPlace.close();
            }
            next.give(Order.RESUME);
            return;
        }
        retire(old);
        Threads.start(store.name() + "-retired", () -> {
            awaitDeparture(old);
            if (oldPlace != place) {
                oldPlace.close();
            }
            next.give(Order.RESUME);
            store.prune(version);
        });
    }

    /** Returns when it takes no more connections: whoever deploys relies on that. One that can't say so is ended. */
    private void retire(HostProcess old) {
        try {
            old.order(Order.RETIRE, RETIRE_LIMIT);
        } catch (NucleonException e) {
            log.line("nucleon: the version before did not retire: " + e.error().line());
            if (!old.exit().isDone()) {
                old.kill();
            }
        }
    }

    private static void awaitDeparture(HostProcess old) {
        try {
            old.exit().get(LEAVE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            old.kill();
            old.exit().join();
        } catch (InterruptedException e) {
            old.kill();
            Thread.currentThread().interrupt();
        }
    }

    private void watch(HostProcess process) {
        long since = clock.millis();
        process.exit()
                .thenAccept(code ->
                        timer.execute(() -> Threads.start(store.name() + "-ended", () -> ended(process, code, since))));
    }

    private synchronized void ended(HostProcess process, int code, long since) {
        if (ended || process != current) {
            return;
        }
        boolean lived = clock.millis() - since > LIVED.toMillis();
        failures = lived ? 1 : failures + 1;
        current = null;
        String why = "its process ended with " + Signals.describeExit(code);
        log.line("nucleon: " + why);
        unhealthy(why);
        later();
    }

    private void later() {
        long seconds = failures <= 1 ? 0 : Math.min(LONGEST_WAIT_SECONDS, 1L << Math.min(failures - 2, 10));
        timer.schedule(() -> Threads.start(store.name() + "-again", this::again), seconds, TimeUnit.SECONDS);
    }

    private synchronized void again() {
        if (ended || current != null) {
            return;
        }
        restarts++;
        start();
    }

    /** Starts the version that served last, as when the daemon starts; tries again by itself if it can't. */
    synchronized void start() {
        if (ended || current != null || state.version() == 0) {
            return;
        }
        HostProcess next = null;
        try {
            if (socket == null) {
                socket = LentSocket.open(state.port());
            }
            next = HostProcess.start(store.name(), store.version(state.version()), socket.descriptor(), log, launch);
            next.awaitReady(Deployment.READINESS);
            next.order(Order.SERVE, SERVE_LIMIT);
            takeOver(next, socket, state.version(), state.failed());
        } catch (NucleonException e) {
            if (next != null) {
                next.kill();
            }
            failures++;
            log.line("nucleon: " + e.error().line());
            unhealthy(e.error().line());
            later();
        }
    }

    private void unhealthy(String why) {
        show(failures > 3 ? "error" : "unhealthy", why);
    }

    /** Ends it; open events are finished first. */
    synchronized void end() {
        ended = true;
        if (current != null) {
            HostProcess last = current;
            current = null;
            last.stop(LEAVE_LIMIT);
        }
        if (socket != null) {
            socket.close();
            socket = null;
        }
        log.close();
    }

    private void show(String word, String message) {
        String url = socket == null ? "" : "http://127.0.0.1:" + socket.port();
        Deployed before = shown;
        // What is tried again and again has one beginning.
        boolean lasts = before != null && !word.equals(READY) && !before.state().equals(READY);
        shown = new Deployed(
                store.name(),
                word,
                message,
                lasts ? before.sinceMillis() : clock.millis(),
                state.version(),
                store.versions(),
                url,
                store.config(state.version()).orElse(""),
                restarts,
                current == null ? WorkerCount.UNKNOWN : current.workers());
    }

    /** As it is now; waits for nothing. */
    Deployed shown() {
        return shown(shown.version());
    }

    private Deployed shown(int version) {
        Deployed last = shown;
        List<Integer> versions = store.versions();
        return new Deployed(
                last.name(),
                last.state(),
                message(last),
                last.sinceMillis(),
                version,
                versions,
                last.url(),
                last.config(),
                last.restarts(),
                last.workers());
    }

    private String message(Deployed last) {
        String coming = submitted;
        if (coming.isEmpty()) {
            return last.message();
        }
        return last.version() == 0 || last.message().isEmpty() ? coming : last.message() + "; " + coming;
    }

    /** Whether a version serves, or there is something to tell of one that nobody waits for. */
    boolean isDeployed() {
        return store.state().version() != 0 || !submitted.isEmpty();
    }

    FunctionStore store() {
        return store;
    }

    /** The version before the one that serves, if there is one. */
    synchronized Optional<Integer> before() {
        return store.versions().stream().filter(one -> one < state.version()).reduce((first, second) -> second);
    }
}
