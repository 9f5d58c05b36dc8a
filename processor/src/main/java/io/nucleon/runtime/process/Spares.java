package io.nucleon.runtime.process;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The spares of a version: those that it made for the next one, and those that its workers took. Safe for many threads. */
final class Spares implements AutoCloseable {

    private final Map<Integer, Spare> free = new HashMap<>();
    private final List<Spare> taken = new ArrayList<>();
    private boolean closed;

    /** Begins one for each worker that has none which fits. */
    synchronized void warm(ProcessRuntime runtime, WorkerLaunch launch, int workers) {
        for (int index = 0; index < workers && !closed; index++) {
            Spare there = free.get(index);
            if (there == null || !there.fits(launch, runtime.services().loops().loop(index))) {
                discard(there);
                free.put(index, Spare.begin(runtime, launch, index));
            }
        }
    }

    /** Takes over those that another version has left. */
    void inherit(Spares before) {
        Map<Integer, Spare> left = before.leave();
        synchronized (this) {
            left.forEach((index, spare) -> discard(free.put(index, spare)));
        }
    }

    private synchronized Map<Integer, Spare> leave() {
        Map<Integer, Spare> left = new HashMap<>(free);
        free.clear();
        return left;
    }

    /** The one for that worker, which is its from now on; empty if there is none that fits. */
    synchronized Optional<Spare> take(int index, WorkerLaunch launch, EventLoop loop) {
        Spare spare = free.remove(index);
        if (spare == null || !spare.fits(launch, loop)) {
            discard(spare);
            return Optional.empty();
        }
        taken.add(spare);
        return Optional.of(spare);
    }

    private static void discard(Spare spare) {
        if (spare != null) {
            spare.discard();
        }
    }

    /** Ends those that nobody took, and the threads of those that were. The workers are gone. */
    @Override
    public void close() {
        List<Spare> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(free.values());
            free.clear();
        }
        left.forEach(Spare::discard);
        taken.forEach(Spare::release);
    }
}
