package io.nucleon.platform.docker;

import io.nucleon.platform.Threads;
import io.nucleon.platform.WallClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** {@code docker attach} to the container that holds a port: orders go in, events come out. For one thread. */
final class Attached implements AutoCloseable {
    private final Clock clock = new WallClock();
    private final Process process;
    private final BlockingQueue<Optional<PortEvent>> events = new LinkedBlockingQueue<>();

    private Attached(Process process) {
        this.process = process;
    }

    /** Attaches; events from now on are seen once {@link PortEvent.Kind#HERE} was. */
    static Attached to(Engine engine, String container) {
        Attached attached = new Attached(engine.start(List.of("attach", "--sig-proxy=false", container)));
        Threads.start("port-events", attached::read);
        return attached;
    }

    private void read() {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                PortEvent.of(line).ifPresent(event -> events.add(Optional.of(event)));
            }
        } catch (IOException e) {
            // It was ended.
        }
        events.add(Optional.empty());
    }

    /** Sends a line; one that nobody takes shows by what doesn't come back. */
    void send(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException e) {
            events.add(Optional.empty());
        }
    }

    /** Waits for an event; empty if it doesn't come in time, or none can any more. */
    Optional<PortEvent> await(Predicate<PortEvent> wanted, Duration limit) {
        long until = clock.millis() + limit.toMillis();
        try {
            while (true) {
                Optional<PortEvent> event = events.poll(until - clock.millis(), TimeUnit.MILLISECONDS);
                if (event == null || event.isEmpty()) {
                    return Optional.empty();
                }
                if (wanted.test(event.get())) {
                    return event;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Lets a waiting {@link #await} return with nothing; for any thread. */
    void giveUp() {
        events.add(Optional.empty());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
