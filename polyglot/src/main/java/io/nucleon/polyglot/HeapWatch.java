package io.nucleon.polyglot;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tells when collections take nearly all of the time and leave the heap full. Code that allocates little by little, as a language's own
 * tracebacks do, goes on like that for minutes before the JVM says OutOfMemoryError. {@link #run} is a thread of its own.
 */
final class HeapWatch implements Runnable {

    /** Longer than a full collection of the heaps that this is for, so that one alone is no alarm. */
    private static final long LOOK_SECONDS = 2;

    /** Of the time, and of the heap: the JVM's own limits where it has them (GCTimeLimit, GCHeapFreeLimit) are 98 % each. */
    private static final double BUSY = 0.8;

    private static final double FULL = 0.9;

    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    private final CompletableFuture<?> end;
    private final Runnable exhausted;
    private long lookedNanos = Monotonic.nanos();
    private long collectedMillis;

    /** {@code exhausted} may come more than once, until {@code end}. */
    HeapWatch(CompletableFuture<?> end, Runnable exhausted) {
        this.end = end;
        this.exhausted = exhausted;
    }

    @Override
    public void run() {
        while (!isEnd()) {
            double share = collecting();
            try {
                if (share >= BUSY && isFull()) {
                    exhausted.run();
                }
            } catch (OutOfMemoryError none) {
                // The code in the context has it too. The next look tries again.
            }
        }
    }

    private boolean isEnd() {
        try {
            end.get(LOOK_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | OutOfMemoryError again) {
            return false;
        } catch (InterruptedException | ExecutionException over) {
            return true;
        }
        return true;
    }

    /** The share of the time since the last look that went into collections. */
    private double collecting() {
        long now = Monotonic.nanos();
        long millis = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            millis += collector.getCollectionTime();
        }
        double share = (double) TimeUnit.MILLISECONDS.toNanos(millis - collectedMillis) / (now - lookedNanos);
        collectedMillis = millis;
        lookedNanos = now;
        return share;
    }

    /** After the last collection. */
    private boolean isFull() {
        long used = 0;
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage left = pool.getCollectionUsage();
            used += left == null ? 0 : left.getUsed();
        }
        return used >= FULL * Runtime.getRuntime().maxMemory();
    }
}
