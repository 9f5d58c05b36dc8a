package io.nucleon.runtime.process;

import io.nucleon.invoke.Invocation;
import io.nucleon.transport.FrameLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a worker is to get: events and control frames, in order. What can't be written now waits and is tried again in each pass. Confined
 * to the loop.
 */
final class Outbox {

    private final EventEncoder encoder;
    private final OpenInvocations open;
    private final FrameReplies replies;
    private final Consumer<InternalError> onFault;
    private final Deque<Invocation> unsent = new ArrayDeque<>();
    private final Deque<Integer> unsentControl = new ArrayDeque<>();
    private boolean faulted;

    /** {@code onFault}: hears that the shared memory can't be written, which is then not tried again. */
    Outbox(EventEncoder encoder, OpenInvocations open, FrameReplies replies, Consumer<InternalError> onFault) {
        this.encoder = encoder;
        this.open = open;
        this.replies = replies;
        this.onFault = onFault;
    }

    /** Takes an invocation and its batch. */
    void offer(Invocation first) {
        for (Invocation one = first; one != null; one = one.batchNext) {
            open.open(one);
            if (!unsent.isEmpty() || encoder.isChunking() || !send(one)) {
                unsent.add(one);
            }
        }
    }

    private boolean send(Invocation invocation) {
        if (!encoder.fits(invocation.event())) {
            replies.tooLarge(invocation);
            return true;
        }
        try {
            return !faulted && encoder.write(invocation);
        } catch (InternalError e) {
            faulted = true;
            onFault.accept(e);
            return false;
        }
    }

    /** Sends a frame without sections, in order with the events; waits for room if need be. */
    void control(int type) {
        unsentControl.add(type);
        sendRest();
    }

    /** Tells an asynchronous handler that the caller of an invocation is gone; without room it runs to its end. */
    void cancel(Invocation invocation) {
        if (!holds(invocation)) {
            encoder.writeControl(FrameLayout.CANCEL, invocation.correlation);
        }
    }

    /** Tries again what waits. */
    void sendRest() {
        if (encoder.isChunking() && !encoder.resume()) {
            return;
        }
        while (!unsent.isEmpty()) {
            Invocation next = unsent.peek();
            if (!next.isOpen() && !next.batched) {
                unsent.poll();
                replies.free(next); // its caller went away before it was written
                continue;
            }
            if (!send(next)) {
                return;
            }
            unsent.poll();
            if (encoder.isChunking()) {
                return;
            }
        }
        while (!unsentControl.isEmpty() && encoder.writeControl(unsentControl.peek(), 0)) {
            unsentControl.poll();
        }
    }

    boolean isEmpty() {
        return unsent.isEmpty() && unsentControl.isEmpty() && !encoder.isChunking();
    }

    /** Whether an invocation has not been written at all. */
    boolean holds(Invocation invocation) {
        return unsent.contains(invocation);
    }

    /** Gives back what was not written; members of batches stay, as the worker may have others of theirs. */
    List<Invocation> takeBack() {
        List<Invocation> taken = new ArrayList<>();
        for (Invocation one : unsent) {
            if (!one.batched) {
                taken.add(one);
            }
        }
        unsent.removeAll(taken);
        taken.forEach(open::remove);
        return taken;
    }
}
