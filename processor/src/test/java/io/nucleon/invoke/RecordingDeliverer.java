package io.nucleon.invoke;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/** A deliverer for tests of triggers: keeps events until the test takes them and calls their receipts. Safe for many threads. */
public final class RecordingDeliverer implements Deliverer {

    private final BlockingQueue<DurableEvent> open = new LinkedBlockingQueue<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean congested;
    private volatile Supplier<CompletionStage<Void>> drained = () -> CompletableFuture.completedFuture(null);

    @Override
    public void deliver(List<? extends DurableEvent> events) {
        open.addAll(events);
    }

    @Override
    public void deliverSpans(List<? extends EventSpan> spans) {
        for (EventSpan span : spans) {
            for (int i = 0; i < span.size(); i++) {
                open.add(span.event(i));
            }
        }
    }

    /** The next event, waiting up to twenty seconds for it. */
    public DurableEvent take() throws InterruptedException {
        DurableEvent next = open.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no event came");
        }
        return next;
    }

    /** How many events nobody has taken. */
    public int waiting() {
        return open.size();
    }

    /** How many events of that path nobody has taken. */
    public long waiting(String path) {
        return open.stream().filter(event -> event.path().equals(path)).count();
    }

    /** What {@link #isCongested()} says from now on. */
    public void congested(boolean now) {
        congested = now;
    }

    @Override
    public boolean isCongested() {
        return congested;
    }

    @Override
    public CompletionStage<Void> recall(LongPredicate lanes) {
        open.removeIf(event -> {
            boolean wanted = lanes.test(event.lane());
            if (wanted) {
                event.nack(0);
            }
            return wanted;
        });
        return CompletableFuture.completedFuture(null);
    }

    /** What was asked of the workers: {@code drain}, {@code resume}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** What {@link #drainWorkers()} does from now on. */
    public void onDrainWorkers(Supplier<CompletionStage<Void>> what) {
        drained = what;
    }

    @Override
    public CompletionStage<Void> drainWorkers() {
        asked.add("drain");
        return drained.get();
    }

    @Override
    public void resumeWorkers() {
        asked.add("resume");
    }

    @Override
    public CompletionStage<Void> drain() {
        return recall(lane -> true);
    }
}
