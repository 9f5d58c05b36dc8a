package io.nucleon.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.util.function.LongSupplier;

/**
 * How much a journal may take, and for what. Confined to the journal's thread.
 *
 * <p>What is written must fit the limit, what moves need not: the segment that it leaves gives back as much at once. So neither restarts, each
 * of which begins a segment, nor old events that stay use up what cleaning needs. The end of an event is not refused for the limit's sake
 * either: it takes what it needs where cleaning gains no more.
 *
 * <p>The disk has no such patience: {@link #RESERVE}, allocated already, is left by new events for what ends earlier ones, and that leaves a
 * part of it for what must move.
 */
final class Space {

    private static final double MOST_LIVING = 0.7;
    private static final int RESERVE = SegmentWriter.STEP;
    /** The part of it that entries which end an event leave to what must move for them. */
    private static final int MOVING = RESERVE / 4;
    /** What a segment takes as soon as it is begun. */
    private static final int SEGMENT_START = SegmentWriter.STEP + SegmentWriter.TABLE;
    /** What the segments of a small journal take to what its records do. */
    private static final double SEGMENTED = 1.2;
    /** What an entry takes beside its own bytes, in its file and in the seal. */
    private static final int BESIDE = 32;
    /** More than paddings and what the queue's index takes. */
    private static final double PADDED = 1.05;

    /** What room is wanted for. */
    enum Use {
        /** An event that begins. */
        BEGIN(RESERVE),
        /** The end of one that is kept. */
        END(MOVING),
        /** What is living in a segment that is to be removed. */
        MOVE(0);

        /** Bytes that it leaves free. */
        final int leaves;

        Use(int leaves) {
            this.leaves = leaves;
        }
    }

    private final JournalSetting setting;
    private final LivingTable living;
    private final LongSupplier taken;
    private long reach;
    private long segmentBytes;

    /**
     * @param taken what all files take
     */
    Space(JournalSetting setting, LivingTable living, LongSupplier taken) {
        this.setting = setting;
        this.living = living;
        this.taken = taken;
        this.reach = setting.maxBytes();
        this.segmentBytes = setting.segmentBytes(reach);
    }

    /** How far the journal can grow: what it may take, or what its disk has left if that is less. */
    void measure() throws IOException {
        reach = Math.min(setting.maxBytes(), taken.getAsLong() + onDisk());
        segmentBytes = setting.segmentBytes(reach);
    }

    private long onDisk() throws IOException {
        return Files.getFileStore(setting.folder()).getUsableSpace();
    }

    /** When a segment is full. */
    long segmentBytes() {
        return segmentBytes;
    }

    boolean allows(long more, Use use) {
        return use == Use.MOVE || taken.getAsLong() + more <= setting.maxBytes();
    }

    boolean allowsSegment(Use use) {
        return allows(SEGMENT_START, use);
    }

    /** Whether no new events are taken, since cleaning would cost more than it gains. */
    boolean isMostlyLiving() throws IOException {
        if (!isLivingAbove()) {
            return false;
        }
        // the disk may have more than when it was last asked
        measure();
        return isLivingAbove();
    }

    private boolean isLivingAbove() {
        return living.bytes() > MOST_LIVING * reach;
    }

    /** Whether new events will soon want room that something finished can leave: less than two segments' is free. */
    boolean isScarce() {
        return !isLivingAbove() && taken.getAsLong() > reach - 2 * segmentBytes;
    }

    /** Whether something finished takes more than a segment. */
    boolean isMoreThanLiving() {
        return taken.getAsLong() - living.bytes() > segmentBytes;
    }

    /**
     * Whether what finds no room gains by the removal of the oldest segment: half of it is finished, or the segments behind it have enough that
     * is. Else the whole journal would be written again and again for nothing.
     *
     * @param size of what is living in it
     */
    boolean isWorth(Segment oldest, long size) {
        return 2 * size <= oldest.bytes() || taken.getAsLong() > clean();
    }

    /** About what the journal would take if nothing finished were in it. */
    private long clean() {
        long records = living.bytes() + (long) BESIDE * living.count();
        return (long) (SEGMENTED * records) + SEGMENT_START + segmentBytes / 2;
    }

    /**
     * Whether the disk has room for all that must move; a part of it would only use up what the ends of events still have.
     *
     * @param writer null if there is none
     * @param use what it moves for: only an event's end gets the reserve
     */
    boolean canMove(long size, SegmentWriter writer, Use use) throws IOException {
        long padded = (long) (size * PADDED) + (use == Use.END ? 0 : RESERVE);
        return size == 0 || (writer != null && padded <= writer.room()) || padded + 2 * SEGMENT_START <= onDisk();
    }
}
