package io.nucleon.app;

import io.nucleon.host.HostUrls;
import io.nucleon.host.Order;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.invoke.Clock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One function under a supervisor: ready but for that alone, until it is told to serve; see {@link Order}. So a new version is tried before
 * it takes over, and the old one goes when its last client has left. Confined to the main thread.
 */
final class SupervisedRun {
    private static final long LOOK_MILLIS = 20;

    private final Host host;
    private final HostUrls urls;
    private final RunStates states;
    private final Supervision supervision;
    private final LinkedBlockingQueue<Runnable> asked = new LinkedBlockingQueue<>();
    private RunStates.Registration known;
    private boolean ended;
    private boolean retiring;
    private int exit;

    /**
     * A run.
     *
     * @param urls where the host is asked
     * @param states where commands find it; null for nowhere
     */
    SupervisedRun(Host host, HostUrls urls, RunStates states, Supervision supervision) {
        this.host = host;
        this.urls = urls;
        this.states = states;
        this.supervision = supervision;
    }

    /**
     * Carries orders out until there are no more.
     *
     * @param drain how long clients and open events are waited for
     * @return the exit code
     */
    int obey(StopSignal stop, Duration drain) {
        Threads.orders(this::read);
        stop.whenAsked(code -> asked.add(() -> end(code)));
        try {
            while (!ended) {
                asked.take().run();
            }
            if (retiring) {
                awaitDeparture(drain);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (known != null) {
                known.close();
            }
        }
        host.stop(drain);
        return exit;
    }

    private void read() {
        try {
            for (Optional<Order> order = supervision.order(); order.isPresent(); order = supervision.order()) {
                Order given = order.get();
                asked.add(() -> carryOut(given));
            }
        } catch (IOException e) {
            // As if it had ended: nobody gives orders any more.
        }
        asked.add(() -> end(supervision.exitWhenAlone()));
    }

    private void end(int code) {
        ended = true;
        exit = code;
    }

    private void carryOut(Order order) {
        switch (order) {
            case SERVE -> serve();
            case RESUME -> host.startKept();
            case RETIRE -> {
                host.retire();
                retiring = true;
                end(0);
            }
        }
        supervision.done(order);
    }

    /** Sources first: if one can't be had nobody was sent here yet. */
    private void serve() {
        host.startSources();
        for (HostedFunction function : host.hosted()) {
            Optional<URI> url = function.hasHttpTrigger()
                    ? Optional.of(URI.create(host.open(function, supervision.socket())))
                    : Optional.empty();
            if (states != null) {
                publish(function, url);
            }
        }
    }

    private void publish(HostedFunction function, Optional<URI> url) {
        Path source = RunStates.real(function.plan().source());
        try {
            RunState state = RunState.ofThisProcess(function.plan().name(), url, urls, source)
                    .asDeployed();
            known = states.publish(function.listening(state, states.control(0)));
        } catch (IOException e) {
            // a folder that can't be written is no reason not to serve
        }
    }

    private void awaitDeparture(Duration drain) throws InterruptedException {
        long until = Clock.system().nanoTime() + drain.toNanos();
        while (!host.isDeserted() && Clock.system().nanoTime() < until) {
            Runnable more = asked.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (more != null) {
                return;
            }
        }
    }
}
