package io.nucleon.journal;

import java.util.List;
import java.util.Optional;

/**
 * Goes through a journal, oldest entry first. Confined to the thread that opened it; to be closed. At the end {@link #next()} is empty, and
 * finds what was written since when it is asked again. A segment that is removed meanwhile is read to its end if it is open, else passed
 * over.
 */
public final class Cursor implements AutoCloseable {

    private final JournalReader journal;
    private SegmentReader open;
    private int number;
    private int sequence;
    private boolean moved;
    private long damaged;

    Cursor(JournalReader journal, long from) {
        this.journal = journal;
        this.number = Position.segment(from);
        this.sequence = Position.sequence(from);
        this.moved = sequence > 0;
    }

    /** The next entry that can be read. */
    public Optional<Stored> next() {
        while (true) {
            if (open == null && !openNext()) {
                return Optional.empty();
            }
            while (open.next()) {
                Optional<Entry> entry = open.entry();
                if (entry.isPresent()) {
                    return Optional.of(new Stored(open.position(), entry.get()));
                }
            }
            if (isLast()) {
                return Optional.empty();
            }
            closeSegment();
            number++;
        }
    }

    /** Records that could not be read so far: torn by a loss of power, or of a later version. */
    public long damaged() {
        return damaged + (open == null ? 0 : open.damaged());
    }

    private boolean openNext() {
        List<Segment> segments = journal.segments();
        for (Segment segment : segments) {
            if (segment.number() >= number) {
                boolean same = segment.number() == number;
                number = segment.number();
                try {
                    open = SegmentReader.open(segment);
                    if (moved && same && !open.moveTo(sequence)) {
                        closeSegment();
                        number++;
                        moved = false;
                        continue;
                    }
                    moved = false;
                    return true;
                } catch (RuntimeException e) {
                    // removed meanwhile, or its writer was killed over its making: nothing in there was acknowledged
                    moved = false;
                    number++;
                }
            }
        }
        return false;
    }

    private boolean isLast() {
        List<Segment> segments = journal.segments();
        return segments.isEmpty() || segments.getLast().number() <= number;
    }

    private void closeSegment() {
        damaged += open.damaged();
        open.close();
        open = null;
    }

    @Override
    public void close() {
        if (open != null) {
            closeSegment();
        }
    }
}
