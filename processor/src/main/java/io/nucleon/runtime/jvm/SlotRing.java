package io.nucleon.runtime.jvm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The way of invocations from a loop to one handler thread and of their answers back: one array of slots, three positions that only grow.
 *
 * <pre>
 *   tail ......... done ......... claimed ......... head
 *     answered,      running        waiting
 *     to be replied  (0 or 1)
 * </pre>
 *
 * <p>The loop fills slots and publishes {@code head} once per pass ({@link #publish}, release; the thread reads it with acquire). The
 * thread claims one slot at a time by compare-and-set, so that {@link #halt} and {@link #claimWaiting} can decide with the same instruction what it will never
 * start or take back what waits, and publishes {@code done} after each (release; the loop reads it with acquire). {@code tail} is the loop's own.
 *
 * <p>Sleeping on both sides is the dance of PROTOCOL.md §5.1: say so, full fence, look again; the other side publishes, full fence, looks
 * whether it has to wake.
 */
final class SlotRing {

    /** As many as a pool prefetches at most, and twice that: what one pass brings in while the last batch is being replied to. */
    static final int CAPACITY = 64;

    private static final int MASK = CAPACITY - 1;
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    /** Places in {@link #shared}, 128 bytes apart: no two writers share a cache line or a prefetched pair of lines. */
    private static final int HEAD = 16;

    private static final int CLAIMED = 32;
    private static final int DONE = 48;
    private static final int THREAD_SLEEPS = 64;
    private static final int LOOP_SLEEPS = 80;

    private final long[] shared = new long[96];
    private final Slot[] slots = new Slot[CAPACITY];
    private long head;
    private long published;
    private long tail;

    SlotRing() {
        for (int i = 0; i < CAPACITY; i++) {
            slots[i] = new Slot();
        }
    }

    Slot slot(long position) {
        return slots[(int) position & MASK];
    }

    // The loop's side.

    /** Whether there is room for one more. */
    boolean hasRoom() {
        return head - tail < CAPACITY;
    }

    /** How many are in it, in whatever state. */
    int size() {
        return (int) (head - tail);
    }

    /** The next free slot; counted at once, seen by the thread after {@link #publish}. */
    Slot claimFree() {
        return slots[(int) head++ & MASK];
    }

    /** Hands over what was filled since the last time; true if the thread sleeps and must be woken. */
    boolean publish() {
        if (published == head) {
            return false;
        }
        published = head;
        LONGS.setRelease(shared, HEAD, head);
        VarHandle.fullFence();
        return (long) LONGS.getOpaque(shared, THREAD_SLEEPS) != 0 && clear(THREAD_SLEEPS);
    }

    /** Position before which every answer is there (acquire, pairs with {@link #finish}). */
    long done() {
        return (long) LONGS.getAcquire(shared, DONE);
    }

    long head() {
        return head;
    }

    long tail() {
        return tail;
    }

    /** The slot at the tail may be used again. */
    void free() {
        tail++;
    }

    /** Position behind the last slot that the thread has begun; negative after {@link #halt}. */
    long claimed() {
        return (long) LONGS.getAcquire(shared, CLAIMED);
    }

    /** Forbids the thread to begin another slot, if it has begun exactly those before {@code seen}. */
    boolean halt(long seen) {
        return LONGS.compareAndSet(shared, CLAIMED, seen, ~seen);
    }

    /**
     * Claims all that waits behind what runs, so that the thread passes it by. It is taken only if the thread has begun exactly the slots
     * before {@code seen}; they are those from there to the head.
     */
    boolean claimWaiting(long seen) {
        published = head;
        LONGS.setRelease(shared, HEAD, head);
        return LONGS.compareAndSet(shared, CLAIMED, seen, head);
    }

    /** Asks the thread to wake the loop; false if there are answers already. */
    boolean prepareLoopSleep() {
        LONGS.setOpaque(shared, LOOP_SLEEPS, 1L);
        VarHandle.fullFence();
        return done() == tail;
    }

    void loopAwake() {
        LONGS.setOpaque(shared, LOOP_SLEEPS, 0L);
    }

    // The thread's side.

    /** Position before which slots are filled (acquire, pairs with {@link #publish}). */
    long filled() {
        return (long) LONGS.getAcquire(shared, HEAD);
    }

    /** Begins the slot at {@code position}; false if it was taken back or the ring was halted. */
    boolean claim(long position) {
        return LONGS.compareAndSet(shared, CLAIMED, position, position + 1);
    }

    /** The slot at {@code position} could not be claimed: where to go on, behind what was taken back; negative when halted. */
    long passBy() {
        long next = claimed();
        if (next >= 0) {
            finish(next);
        }
        return next;
    }

    boolean isHalted() {
        return claimed() < 0;
    }

    /** The slots before {@code position} have their answers. */
    void finish(long position) {
        LONGS.setRelease(shared, DONE, position);
    }

    /** Whether the loop sleeps and must be woken for what was finished; true once per sleep. */
    boolean mustWakeLoop() {
        VarHandle.fullFence();
        return (long) LONGS.getOpaque(shared, LOOP_SLEEPS) != 0 && clear(LOOP_SLEEPS);
    }

    /** Asks the loop to wake the thread; false if there is something to do already. */
    boolean prepareThreadSleep(long position) {
        LONGS.setOpaque(shared, THREAD_SLEEPS, 1L);
        VarHandle.fullFence();
        return filled() == position && !isHalted();
    }

    void threadAwake() {
        LONGS.setOpaque(shared, THREAD_SLEEPS, 0L);
    }

    private boolean clear(int flag) {
        return LONGS.compareAndSet(shared, flag, 1L, 0L);
    }
}
