package io.nucleon.journal;

/** Where an entry stands: number of the segment, and of its first document in there, in one long that grows. Stateless. */
final class Position {

    private Position() {}

    static long of(int segment, int sequence) {
        return ((long) segment << Integer.SIZE) | sequence;
    }

    static int segment(long position) {
        return (int) (position >>> Integer.SIZE);
    }

    static int sequence(long position) {
        return (int) position;
    }
}
