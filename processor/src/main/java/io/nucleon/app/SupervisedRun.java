package io.nucleon.app;

import io.nucleon.host.HostUrls;
import io.nucleon.host.Order;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.invoke.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One function under the local platform: ready but for its supervisor alone, until it is told to serve; see {@link Order}. So a new version
 * is tried before it takes over, and the old one goes when its last client has left. Confined to the main thread.
 */
final class SupervisedRun {
    /** The socket that the supervisor listens with, {@code ProgramStarter.INHERITED} of its side. */
    private static final int SOCKET = 3;

    private static final long LOOK_MILLIS = 20;
    private static final int LONGEST_LINE = 64;

    private final Host host;
    private final HostUrls urls;
    private final RunStates states;
    private final PrintStream out;
    private final LinkedBlockingQueue<Runnable> asked = new LinkedBlockingQueue<>();
    private RunStates.Registration known;
    private boolean ended;
    private boolean retiring;
    private int exit;

    SupervisedRun(Host host, HostUrls urls, RunStates states, PrintStream out) {
        this.host = host;
        this.urls = urls;
        this.states = states;
        this.out = out;
    }

    /**
     * Carries orders out until there are no more.
     *
     * @param drain how long clients and open events are waited for
     * @return the exit code
     */
    int obey(InputStream orders, StopSignal stop, Duration drain) {
        Threads.orders(() -> read(orders));
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

    private void read(InputStream orders) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(orders, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine();
                    line != null && line.length() <= LONGEST_LINE;
                    line = lines.readLine()) {
                Optional<Order> order = Order.of(line);
                order.ifPresent(one -> asked.add(() -> carryOut(one)));
            }
        } catch (IOException e) {
            // As if it had ended: nobody gives orders any more.
        }
        asked.add(() -> end(0));
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
        out.println(order.done());
        out.flush();
    }

    /** Sources first: if one can't be had nobody was sent here yet. */
    private void serve() {
        host.startSources();
        for (HostedFunction function : host.hosted()) {
            publish(
                    function,
                    function.hasHttpTrigger()
                            ? Optional.of(URI.create(host.open(function, SOCKET)))
                            : Optional.empty());
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
