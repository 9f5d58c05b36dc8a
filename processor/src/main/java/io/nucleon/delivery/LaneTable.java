package io.nucleon.delivery;

import io.netty.channel.EventLoop;
import io.nucleon.invoke.DurableEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

/** The lanes of one loop. Belongs to that loop's thread. */
final class LaneTable {

    final EventLoop loop;
    private final Map<Long, Lane> lanes = new HashMap<>();
    /** Lanes of events that need no order: each has one of its own, kept here while it is open. */
    private final Set<Lane> single = new HashSet<>();

    private final ArrayDeque<Lane> ready = new ArrayDeque<>();
    private final List<Recall> recalls = new ArrayList<>();
    private boolean pumping;

    /** Waits until no lane of those is with a worker. */
    private record Recall(LongPredicate lanes, CompletableFuture<Void> done) {}

    LaneTable(EventLoop loop) {
        this.loop = loop;
    }

    Lane laneOf(long id) {
        if (id == DurableEvent.NO_LANE) {
            Lane lane = new Lane(id, this);
            single.add(lane);
            return lane;
        }
        return lanes.computeIfAbsent(id, key -> new Lane(key, this));
    }

    /** Something of it may start, or it may be forgotten: {@link #pump} looks at it, once however often it was said. */
    void ready(Lane lane) {
        if (!lane.queued) {
            lane.queued = true;
            ready.add(lane);
        }
    }

    /** Starts what can start. Replies that come from inside add to the queue instead of to the stack. */
    void pump(DeliveryEngine engine) {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            for (Lane lane = ready.poll(); lane != null; lane = ready.poll()) {
                lane.queued = false;
                if (lane.mayBegin()) {
                    engine.begin(lane);
                } else if (lane.isEmpty()) {
                    forget(lane);
                }
            }
        } finally {
            pumping = false;
        }
        recalls.removeIf(this::isOver);
    }

    private void forget(Lane lane) {
        if (lane.id == DurableEvent.NO_LANE) {
            single.remove(lane);
        } else {
            lanes.remove(lane.id, lane);
        }
    }

    /** Takes back what is not with a worker, and of runs what is not in hand; {@code done} when the rest has ended. */
    List<Attempt> recall(DeliveryEngine engine, LongPredicate which, CompletableFuture<Void> done) {
        List<Attempt> taken = new ArrayList<>();
        for (Lane lane : matching(which)) {
            for (Attempt one = lane.takeBack(engine); one != null; one = lane.takeBack(engine)) {
                taken.add(one);
            }
            if (lane.isEmpty()) {
                forget(lane);
            }
        }
        Recall recall = new Recall(which, done);
        if (!isOver(recall)) {
            recalls.add(recall);
        }
        return taken;
    }

    /** Whether its events are wanted back while one of them is still busy. */
    boolean isRecalled(Lane lane) {
        for (Recall recall : recalls) {
            if (recall.lanes.test(lane.id)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOver(Recall recall) {
        for (Lane lane : matching(recall.lanes)) {
            if (lane.isBusy()) {
                return false;
            }
        }
        recall.done.complete(null);
        return true;
    }

    private List<Lane> matching(LongPredicate which) {
        List<Lane> found = new ArrayList<>();
        lanes.values().stream().filter(lane -> which.test(lane.id)).forEach(found::add);
        single.stream().filter(lane -> which.test(lane.id)).forEach(found::add);
        return found;
    }
}
