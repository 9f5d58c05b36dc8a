package io.nucleon.journal;

import java.util.concurrent.atomic.AtomicInteger;
import net.openhft.chronicle.queue.ChronicleQueue;

/** A segment's queue while it is written, lent to readers. Closed when its writer and the last reader have given it back. */
final class SharedQueue {

    private final ChronicleQueue queue;
    private final AtomicInteger users = new AtomicInteger(1);

    /** Held by the writer. */
    SharedQueue(ChronicleQueue queue) {
        this.queue = queue;
    }

    /** Only while held. */
    ChronicleQueue queue() {
        return queue;
    }

    /** Holds it too; false if it is closed already. */
    boolean retain() {
        int seen = users.get();
        while (seen > 0) {
            if (users.compareAndSet(seen, seen + 1)) {
                return true;
            }
            seen = users.get();
        }
        return false;
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            queue.close();
        }
    }
}
