package io.nucleon.journal;

import io.nucleon.os.AllocatedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Writes a segment. Confined to the journal's thread.
 *
 * <p>Chronicle writes through a mapping of a sparse file, which a full disk would answer with SIGBUS. So every file is made here first, and
 * blocks are allocated well ahead of where Chronicle writes: {@link #SLACK} covers what it adds by itself between two records.
 */
final class SegmentWriter {

    /** What is allocated at a time: 4,000 records of 256 B, 0.1 ms. */
    static final int STEP = 1 << 20;

    /** Chronicle's table of a queue: two pages of 64 KiB. */
    static final int TABLE = 128 * 1024;

    /** Chronicle's index adds blocks of 32 KiB, at most two at once; and paddings and headers. */
    private static final int SLACK = 256 * 1024;

    private static final int PAGE = 4096;
    /** Header and padding of a document. */
    private static final int DOCUMENT = 8;

    private final Segment segment;
    private final AllocatedFile file;
    private final SharedQueue shared;
    private final ExcerptAppender appender;
    private long allocated;
    /** Where the last record ends in the file. */
    private long end;

    private int sequence;

    private SegmentWriter(Segment segment, AllocatedFile file, SharedQueue shared, ExcerptAppender appender) {
        this.segment = segment;
        this.file = file;
        this.shared = shared;
        this.allocated = STEP;
        this.appender = appender;
        appender.singleThreadedCheckDisabled(true);
        segment.takes(allocated + TABLE);
    }

    /**
     * Makes the files of a segment.
     *
     * @return null if there is no room for them; nothing is left of them then
     */
    static SegmentWriter create(Segment segment, long nowMillis) throws IOException {
        Files.createDirectories(
                segment.folder(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (!allocateTable(segment)) {
            Segment.remove(segment.folder());
            return null;
        }
        SharedQueue shared = new SharedQueue(SegmentQueue.writable(segment.folder(), nowMillis));
        AllocatedFile data = null;
        try {
            // before the data file is there: Chronicle would wait for somebody else to write its header
            ExcerptAppender appender = shared.queue().createAppender();
            data = AllocatedFile.open(segment.folder().resolve(SegmentQueue.dataFile(nowMillis)));
            if (!data.allocate(0, STEP)) {
                data.close();
                shared.release();
                Segment.remove(segment.folder());
                return null;
            }
            SegmentWriter writer = new SegmentWriter(segment, data, shared, appender);
            segment.shares(shared);
            return writer;
        } catch (IOException | RuntimeException | Error e) {
            if (data != null) {
                data.close();
            }
            shared.release();
            throw e;
        }
    }

    private static boolean allocateTable(Segment segment) throws IOException {
        try (AllocatedFile table = AllocatedFile.open(segment.folder().resolve("metadata.cq4t"))) {
            return table.allocate(0, TABLE);
        }
    }

    Segment segment() {
        return segment;
    }

    long end() {
        return end;
    }

    /** Bytes of a file that a record of that length takes. */
    static long sizeOf(int length) {
        long parts = ((long) length + RecordLayout.MOST_PART - 1) / RecordLayout.MOST_PART;
        return length + parts * (RecordLayout.PART + DOCUMENT);
    }

    /** How much more must be allocated before so many bytes can be written, in whole steps. */
    long missing(long size) {
        long wanted = end + size + SLACK;
        return wanted <= allocated ? 0 : (wanted - allocated + STEP - 1) / STEP * STEP;
    }

    /** The same in whole pages of the file: what a disk or a limit may still have room for that has none for a step. */
    long missingAtLeast(long size) {
        return Math.max(0, (end + size + SLACK - allocated + PAGE - 1) / PAGE * PAGE);
    }

    /** What could be written without allocating more. */
    long room() {
        return Math.max(0, allocated - end - SLACK);
    }

    /** Allocates more; false if there is no room. */
    boolean allocate(long more) throws IOException {
        if (!file.allocate(allocated, more)) {
            return false;
        }
        allocated += more;
        segment.takes(allocated + TABLE);
        return true;
    }

    /** Writes a record for which there is room; returns where it stands. It is in the page cache then: a kill doesn't lose it. */
    int append(byte[] bytes, int length) {
        int first = sequence;
        int at = 0;
        do {
            int part = Math.min(RecordLayout.MOST_PART, length - at);
            int flags = (at == 0 ? RecordLayout.FIRST : 0) | (at + part == length ? RecordLayout.LAST : 0);
            try (DocumentContext document = appender.writingDocument()) {
                Bytes<?> out = document.wire().bytes();
                out.writeInt(RecordLayout.checksum(flags, bytes, at, part));
                out.writeByte(RecordLayout.FORMAT_1);
                out.writeByte((byte) flags);
                out.write(bytes, at, part);
                end = out.writePosition();
            }
            sequence++;
            at += part;
        } while (at < length);
        return first;
    }

    void sync() throws IOException {
        file.sync();
    }

    /** Ends writing and gives back what was allocated ahead. Readers keep what they have. */
    void close() {
        long used = (end + SLACK + PAGE - 1) / PAGE * PAGE;
        if (used < allocated) {
            file.free(used, allocated - used);
            segment.takes(used + TABLE);
        }
        abandon();
    }

    /** Ends writing after an error. */
    void abandon() {
        segment.shares(null);
        file.close();
        shared.release();
    }
}
