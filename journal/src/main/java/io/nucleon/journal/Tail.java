package io.nucleon.journal;

import io.nucleon.os.AllocatedFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The end of a journal: the segment that is written, if there is one, and whether all of it is on the disk. Confined to the journal's thread.
 */
final class Tail {

    private final Path folder;
    private final boolean sync;
    /** Null between two segments. */
    private SegmentWriter writer;

    private boolean unsynced;
    /** Something has moved here and may not be on the disk yet. */
    private boolean movedUnsynced;
    /** The segment is new in the folder. */
    private boolean folderChanged;

    /**
     * @param folder of the journal
     * @param sync whether {@link #flush} reaches the disk
     */
    Tail(Path folder, boolean sync) {
        this.folder = folder;
        this.sync = sync;
    }

    /** What is written; null between two segments. */
    SegmentWriter writer() {
        return writer;
    }

    boolean isWritten() {
        return writer != null;
    }

    boolean is(Segment segment) {
        return writer != null && writer.segment() == segment;
    }

    /** Goes on in a segment; the one before it has ended. */
    void begin(SegmentWriter begun) {
        writer = begun;
        folderChanged = true;
    }

    /**
     * Writes a record for which there is room.
     *
     * @param nowNanos when it is noted, ns since 1970
     * @param moved whether it is another copy of an earlier one
     * @return where it stands
     */
    long append(EntryEncoder encoded, long key, long nowNanos, boolean moved) {
        int sequence = writer.append(encoded.bytes(), encoded.length());
        unsynced = true;
        movedUnsynced |= moved;
        writer.segment().added(key, sequence, nowNanos);
        return Position.of(writer.segment().number(), sequence);
    }

    /** Makes durable what was written since the last time, as far as that was asked for. */
    void flush() throws IOException {
        if (sync && unsynced && writer != null) {
            sync();
        }
    }

    /** Whatever else is kept in memory for now: the old copy goes, so the new one must be on the disk. */
    void syncMoved() throws IOException {
        if (movedUnsynced) {
            sync();
        }
    }

    private void sync() throws IOException {
        writer.sync();
        if (folderChanged) {
            AllocatedFile.syncFolder(writer.segment().folder());
            AllocatedFile.syncFolder(folder);
            folderChanged = false;
        }
        unsynced = false;
        movedUnsynced = false;
    }

    /** Ends the segment that is written and returns it. */
    Segment end() throws IOException {
        flush();
        syncMoved();
        SegmentWriter ended = writer;
        writer = null;
        ended.close();
        return ended.segment();
    }

    /** After an error: gives up the segment without touching it again. */
    void abandon() {
        if (writer != null) {
            writer.abandon();
            writer = null;
        }
    }
}
