package io.nucleon.trigger.http;

import io.nucleon.invoke.Clock;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Writers of heads for answers that are made off the loops, a place for each of the first workers. Any thread; never waits. */
final class SpareHeads {

    private static final int PLACES = 64;

    private final AtomicReferenceArray<ResponseHead> spares = new AtomicReferenceArray<>(PLACES);
    private final Clock clock;

    SpareHeads(Clock clock) {
        this.clock = clock;
    }

    /** The spare of that worker, or a new one. */
    ResponseHead take(int worker) {
        ResponseHead spare = spares.getAndSet(worker & (PLACES - 1), null);
        return spare == null ? new ResponseHead(clock) : spare;
    }

    void giveBack(int worker, ResponseHead head) {
        spares.lazySet(worker & (PLACES - 1), head);
    }
}
