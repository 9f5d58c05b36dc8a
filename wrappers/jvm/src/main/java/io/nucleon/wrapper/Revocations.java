package io.nucleon.wrapper;

/** What the processor took back (PROTOCOL.md §5.2), on either kind of connection. Confined to the main thread. */
final class Revocations {

    private static final int REVOKE = Layout.REQUEST_INDICES + Layout.REVOKE;
    private static final int REVOKED_FROM = Layout.REQUEST_INDICES + Layout.REVOKED_FROM;
    private static final int REVOKED_TO = Layout.REQUEST_INDICES + Layout.REVOKED_TO;
    private static final int REVOKE_DONE = Layout.REQUEST_INDICES + Layout.REVOKE_DONE;

    private final Segment segment;
    private long done;

    Revocations(Segment segment) {
        this.segment = segment;
        this.done = segment.getAcquire(REVOKE_DONE);
    }

    /** Whether the frame in hand, from {@code position} to {@code next}, was taken back. Behind a full fence that follows the claim. */
    boolean took(long position, long next) {
        return segment.getOpaque(REVOKE) != done && isRevoked(position, next);
    }

    /** Waits for the decision, which takes the processor a few instructions. */
    private boolean isRevoked(long position, long next) {
        long revoke = segment.getAcquire(REVOKE);
        while (revoke != done + 2) {
            if (revoke != done + 1) {
                throw Errors.violation("a revoke of " + revoke + " where " + done + " was the last that was acted on");
            }
            Thread.onSpinWait();
            revoke = segment.getAcquire(REVOKE);
        }
        long from = segment.getOpaque(REVOKED_FROM);
        long to = segment.getOpaque(REVOKED_TO);
        boolean revoked = from <= position && position < to;
        if ((revoked ? next : position) >= to) {
            done = revoke;
            segment.setRelease(REVOKE_DONE, revoke);
        }
        return revoked;
    }
}
