package io.nucleon.transport.shm;

/**
 * The indices of one ring, relative to where its block begins (PROTOCOL.md §5). Positions are counts of bytes that only grow; fields of
 * different writers are 128 bytes apart, two cache lines, since prefetchers pull pairs.
 *
 * <pre>
 * field              writer               order of the write                       read by
 * HEAD               producer             release, after the frames                consumer, acquire
 * CLAIMED            consumer             plain, before the handler is called      processor, after the worker's end or under a revoke
 * TAIL               consumer             release, after the last read             producer, acquire, when the ring looks full
 * CONSUMER_WAITING   consumer 1, any 0    full fence between it and the re-check   producer, after a full fence behind HEAD
 * PRODUCER_WAITING   producer 1, any 0    full fence between it and the re-check   consumer, after a full fence behind TAIL
 * REVOKE             producer             odd: full fence; even: release           consumer, after a full fence behind CLAIMED
 * REVOKED_FROM, _TO  producer             before the even REVOKE                   consumer, after an even REVOKE
 * REVOKE_DONE        consumer             release                                  producer
 * </pre>
 */
public final class RingLayout {

    static final int APART = 128;

    static final int HEAD = 0;
    static final int CLAIMED = HEAD + APART;
    static final int TAIL = CLAIMED + APART;
    static final int CONSUMER_WAITING = TAIL + APART;
    static final int PRODUCER_WAITING = CONSUMER_WAITING + APART;
    public static final int REVOKE = PRODUCER_WAITING + APART;
    static final int REVOKED_FROM = REVOKE + Long.BYTES;
    static final int REVOKED_TO = REVOKED_FROM + Long.BYTES;
    static final int REVOKE_DONE = REVOKE + APART;

    private RingLayout() {}
}
