package io.nucleon.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The events that are not done, by the keys of their ids: where each stands. Open addressing with linear probing, 28 bytes a place, since
 * there may be millions. Safe for many threads.
 */
final class LivingTable {

    static final long NONE = -1;

    private static final int FIRST_PLACES = 64;
    private static final double MOST_FILLED = 0.6;
    /** Fibonacci hashing: keys are time and count, whose high bits hardly differ. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[FIRST_PLACES];
    private long[] bases = filled(FIRST_PLACES);
    private long[] tried = filled(FIRST_PLACES);
    private int[] sizes = new int[FIRST_PLACES];
    private int count;
    private long bytes;

    /** One living event. */
    record Place(long key, long base, long tried, int size) {}

    synchronized int count() {
        return count;
    }

    /** What all of them take on the disk. */
    synchronized long bytes() {
        return bytes;
    }

    /** What an entry changes of what is living. */
    void note(EntryKind kind, long key, long position, int size) {
        switch (kind) {
            case PENDING, ACCEPTED, DEAD_LETTER -> put(key, position, NONE, size);
            case TRIED -> tried(key, position);
            case ANSWERED, RESOLVED -> remove(key);
            case CAPTURED -> {
                // looked at, never gone on with
            }
        }
    }

    /** Notes where an event stands; replaces what was known of it. */
    synchronized void put(long key, long base, long lastTried, int size) {
        if (count + 1 > keys.length * MOST_FILLED) {
            grow();
        }
        int at = find(key);
        if (bases[at] == NONE) {
            count++;
            keys[at] = key;
        } else {
            bytes -= sizes[at];
        }
        bases[at] = base;
        tried[at] = lastTried;
        sizes[at] = size;
        bytes += size;
    }

    /** Notes a later try; nothing if the event is not living. */
    synchronized void tried(long key, long position) {
        int at = find(key);
        if (bases[at] != NONE) {
            tried[at] = position;
        }
    }

    /** It is done. */
    synchronized void remove(long key) {
        int hole = find(key);
        if (bases[hole] == NONE) {
            return;
        }
        count--;
        bytes -= sizes[hole];
        // What was pushed behind the hole moves up, so that it is still found.
        int mask = keys.length - 1;
        for (int at = (hole + 1) & mask; bases[at] != NONE; at = (at + 1) & mask) {
            int home = home(keys[at]);
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                move(at, hole);
                hole = at;
            }
        }
        bases[hole] = NONE;
        tried[hole] = NONE;
    }

    /** Null if it is not living. */
    synchronized Place get(long key) {
        int at = find(key);
        return bases[at] == NONE ? null : place(at);
    }

    /** All of them, in no order; as of now. */
    synchronized Place[] all() {
        Place[] all = new Place[count];
        int next = 0;
        for (int i = 0; i < keys.length; i++) {
            if (bases[i] != NONE) {
                all[next++] = place(i);
            }
        }
        return all;
    }

    /** Those that stand in a segment, in no order; as of now. */
    synchronized List<Place> in(int segment) {
        List<Place> found = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            if (bases[i] != NONE && Position.segment(bases[i]) == segment) {
                found.add(place(i));
            }
        }
        return found;
    }

    synchronized void clear() {
        keys = new long[FIRST_PLACES];
        bases = filled(FIRST_PLACES);
        tried = filled(FIRST_PLACES);
        sizes = new int[FIRST_PLACES];
        count = 0;
        bytes = 0;
    }

    private Place place(int at) {
        return new Place(keys[at], bases[at], tried[at], sizes[at]);
    }

    private void move(int from, int to) {
        keys[to] = keys[from];
        bases[to] = bases[from];
        tried[to] = tried[from];
        sizes[to] = sizes[from];
    }

    private int home(long key) {
        return (int) ((key * SPREAD) >>> (Long.SIZE - Integer.numberOfTrailingZeros(keys.length)));
    }

    /** The key's place, or the free one where it would go. */
    private int find(long key) {
        int at = home(key);
        while (bases[at] != NONE && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldBases = bases;
        long[] oldTried = tried;
        int[] oldSizes = sizes;
        int places = keys.length * 2;
        keys = new long[places];
        bases = filled(places);
        tried = filled(places);
        sizes = new int[places];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldBases[i] != NONE) {
                int at = find(oldKeys[i]);
                keys[at] = oldKeys[i];
                bases[at] = oldBases[i];
                tried[at] = oldTried[i];
                sizes[at] = oldSizes[i];
            }
        }
    }

    private static long[] filled(int places) {
        long[] none = new long[places];
        Arrays.fill(none, NONE);
        return none;
    }
}
