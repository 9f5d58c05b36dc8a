package io.nucleon.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Reads a segment, its own or another process's, also while it is written. Confined to the thread that opened it. A record that is torn is
 * passed over and counted.
 */
final class SegmentReader implements AutoCloseable {

    private static final int FIRST_ROOM = 8192;

    private final Segment segment;
    private final SharedQueue shared;
    private final ChronicleQueue queue;
    private final ExcerptTailer tailer;
    private byte[] bytes = new byte[FIRST_ROOM];
    private int length;
    private int sequence;
    private int damaged;

    private SegmentReader(Segment segment, SharedQueue shared, ChronicleQueue queue) {
        this.segment = segment;
        this.shared = shared;
        this.queue = queue;
        this.tailer = queue.createTailer();
        tailer.singleThreadedCheckDisabled(true);
    }

    /** Opens it at its first entry. Throws what Chronicle throws if the files make no queue. */
    static SegmentReader open(Segment segment) {
        SharedQueue written = segment.shared();
        if (written != null && written.retain()) {
            try {
                return new SegmentReader(segment, written, written.queue());
            } catch (RuntimeException | Error e) {
                written.release();
                throw e;
            }
        }
        ChronicleQueue own = SegmentQueue.readable(segment.folder());
        try {
            return new SegmentReader(segment, null, own);
        } catch (RuntimeException | Error e) {
            own.close();
            throw e;
        }
    }

    /** Goes to an entry; false if there is none. */
    boolean moveTo(int toSequence) {
        int cycle = queue.rollCycle().toCycle(queue.firstIndex());
        return tailer.moveToIndex(queue.rollCycle().toIndex(cycle, toSequence));
    }

    /** Reads the bytes of the entry that stands there; false if there is none, or a torn one. */
    boolean read(int at) {
        return moveTo(at) && next() && sequence == at;
    }

    /** Reads the bytes of the next whole entry; false at the end. */
    boolean next() {
        length = 0;
        boolean begun = false;
        while (true) {
            try (DocumentContext document = tailer.readingDocument()) {
                if (!document.isPresent()) {
                    damaged += begun ? 1 : 0;
                    return false;
                }
                int at = (int) queue.rollCycle().toSequenceNumber(document.index());
                int flags = take(document.wire().bytes(), begun);
                if (flags < 0 || (!begun && (flags & RecordLayout.FIRST) == 0)) {
                    damaged++;
                    begun = false;
                    length = 0;
                    continue;
                }
                if ((flags & RecordLayout.FIRST) != 0) {
                    sequence = at;
                    begun = true;
                }
                if ((flags & RecordLayout.LAST) != 0) {
                    return true;
                }
            }
        }
    }

    /** Appends a document's part; returns its flags, or -1 if it is torn. */
    private int take(Bytes<?> document, boolean begun) {
        int size = (int) Math.min(document.readRemaining(), RecordLayout.PART + RecordLayout.MOST_PART);
        byte[] whole = new byte[size];
        document.read(whole);
        ByteBuffer view = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        if (!RecordLayout.isWhole(view)) {
            return -1;
        }
        int flags = view.get(RecordLayout.FLAGS);
        if (!begun || (flags & RecordLayout.FIRST) != 0) {
            length = 0;
        }
        int part = size - RecordLayout.PART;
        if (length + part > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + part));
        }
        System.arraycopy(whole, RecordLayout.PART, bytes, length, part);
        length += part;
        return flags;
    }

    /** Where the entry that was read stands. */
    int sequence() {
        return sequence;
    }

    long position() {
        return Position.of(segment.number(), sequence);
    }

    /** Bytes of the entry that was read. */
    int length() {
        return length;
    }

    Optional<EntryDecoder.Head> head() {
        return EntryDecoder.head(ByteBuffer.wrap(bytes, 0, length));
    }

    Optional<Entry> entry() {
        return EntryDecoder.entry(ByteBuffer.wrap(bytes, 0, length));
    }

    /** Records that could not be read so far. */
    int damaged() {
        return damaged;
    }

    @Override
    public void close() {
        tailer.close();
        if (shared != null) {
            shared.release();
        } else {
            queue.close();
        }
    }
}
