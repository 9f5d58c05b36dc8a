package io.nucleon.transport.shm;

/** The free chunks of an arena of at most 64, kept by its one allocating side. First fit, so that few and warm pages are used. */
final class ArenaRuns {

    private final int arena;
    private final int chunkSize;
    private final int chunks;
    private long used;

    ArenaRuns(int arena, int arenaSize, int chunkSize) {
        this.arena = arena;
        this.chunkSize = chunkSize;
        this.chunks = arenaSize / chunkSize;
        this.used = chunks == Long.SIZE ? 0 : -1L << chunks; // chunks that do not exist are never free
    }

    /** Offset of a free run; 0 if there is none now, -1 if there never is. */
    long claim(int length) {
        int count = count(length);
        if (count > chunks) {
            return -1;
        }
        long starts = ~used;
        for (int have = 1; have < count; have++) {
            starts &= ~used >>> have;
        }
        if (starts == 0) {
            return 0;
        }
        int first = Long.numberOfTrailingZeros(starts);
        used |= mask(count) << first;
        return arena + (long) first * chunkSize;
    }

    void release(long offset, int length) {
        int first = (int) ((offset - arena) / chunkSize);
        used &= ~(mask(count(length)) << first);
    }

    private int count(int length) {
        return Math.max(1, (length + chunkSize - 1) / chunkSize);
    }

    private static long mask(int count) {
        return count == Long.SIZE ? -1L : (1L << count) - 1;
    }
}
