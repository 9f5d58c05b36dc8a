package io.nucleon.wrapper;

import io.nucleon.wrapper.Segment.Area;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which parts of the response arena are in use: runs of whole chunks, given out in a circle and taken back in the same order, since the
 * response ring's tail passes the frames in order. The writer's private book; confined to the holder of its lock.
 */
final class ResponseArena {

    private final Area area;
    private final int chunk;
    private final int count;
    private final Deque<Run> runs = new ArrayDeque<>();
    private int next;
    private int free;

    /** Chunks to give back, those skipped at the end with them, once the tail is behind the frame at {@code position}. */
    private record Run(long position, int chunks) {}

    ResponseArena(Area area, int chunk) {
        this.area = area;
        this.chunk = chunk;
        this.count = chunk == 0 ? 0 : area.size() / chunk;
        this.free = count;
    }

    /** Whether a body of so many bytes fits an empty arena at all. */
    boolean fits(int size) {
        return size <= (long) count * chunk;
    }

    /** Where a body goes whose frame will lie at {@code position}; -1 while there is no room. */
    int claim(int size, long tail, long position) {
        while (!runs.isEmpty() && runs.peek().position() < tail) {
            free += runs.poll().chunks();
        }
        if (runs.isEmpty()) {
            next = 0;
            free = count;
        }
        int chunks = (int) (((long) size + chunk - 1) / chunk);
        // At the very end nothing is skipped, and yet the run begins at the start.
        boolean wraps = next + chunks > count;
        int skipped = wraps ? count - next : 0;
        if (chunks + skipped > free) {
            return -1;
        }
        int start = wraps ? 0 : next;
        next = start + chunks;
        free -= chunks + skipped;
        runs.add(new Run(position, chunks + skipped));
        return area.offset() + start * chunk;
    }
}
