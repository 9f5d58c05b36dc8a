package io.nucleon.runtime.process;

import io.nucleon.invoke.Invocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The invocations that one incarnation holds, found by correlation. A correlation is a serial number with the slot in its low bits, so a
 * worker that makes one up, or answers twice, finds nothing. Confined to the loop.
 */
final class OpenInvocations {

    private static final int SLOT_BITS = 12;
    private static final int MAX_SLOTS = 1 << SLOT_BITS;

    private final Invocation[] slots;
    private final long[] arenaOffsets;
    private final int[] free;
    private int freeCount;
    private long serial;

    OpenInvocations(int capacity) {
        if (capacity < 1 || capacity > MAX_SLOTS) {
            throw new IllegalArgumentException("capacity " + capacity + " is not in 1.." + MAX_SLOTS);
        }
        slots = new Invocation[capacity];
        arenaOffsets = new long[capacity];
        free = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            free[i] = capacity - 1 - i;
        }
        freeCount = capacity;
    }

    int size() {
        return slots.length - freeCount;
    }

    boolean isFull() {
        return freeCount == 0;
    }

    /** Gives the invocation a slot and its correlation. */
    void open(Invocation invocation) {
        int slot = free[--freeCount];
        slots[slot] = invocation;
        arenaOffsets[slot] = 0;
        invocation.correlation = (++serial << SLOT_BITS) | slot;
    }

    /** The invocation of a correlation that a worker sent; null if there is none. */
    Invocation find(long correlation) {
        int slot = (int) correlation & (MAX_SLOTS - 1);
        if (slot >= slots.length) {
            return null;
        }
        Invocation found = slots[slot];
        return found != null && found.correlation == correlation ? found : null;
    }

    /** Remembers where its body lies in the arena. */
    void bodyAt(Invocation invocation, long arenaOffset) {
        arenaOffsets[slotOf(invocation)] = arenaOffset;
    }

    /** Where its body lies; 0 = not in the arena. */
    long bodyOf(Invocation invocation) {
        return arenaOffsets[slotOf(invocation)];
    }

    /** Takes it out. */
    void remove(Invocation invocation) {
        int slot = slotOf(invocation);
        slots[slot] = null;
        free[freeCount++] = slot;
    }

    private static int slotOf(Invocation invocation) {
        return (int) invocation.correlation & (MAX_SLOTS - 1);
    }

    /** Every one, in the order of the requests. For the rare paths. */
    List<Invocation> inOrder() {
        List<Invocation> all = new ArrayList<>();
        for (Invocation one : slots) {
            if (one != null) {
                all.add(one);
            }
        }
        all.sort(Comparator.comparingLong(one -> one.endPosition));
        return all;
    }

    /** The one whose request is the oldest; null if there is none. */
    Invocation oldest() {
        Invocation oldest = null;
        for (Invocation one : slots) {
            if (one != null && (oldest == null || one.endPosition < oldest.endPosition)) {
                oldest = one;
            }
        }
        return oldest;
    }
}
