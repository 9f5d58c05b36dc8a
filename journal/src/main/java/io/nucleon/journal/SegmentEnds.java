package io.nucleon.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written down when a segment has ended, so that it need not be read again: its seal, and what is living behind it; and how a
 * journal's segments are found when it is opened, those without that included. Confined to the journal's thread.
 */
final class SegmentEnds {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentEnds.class);

    private final JournalSetting setting;

    SegmentEnds(JournalSetting setting) {
        this.setting = setting;
    }

    /**
     * The segments of the folder, oldest first, all of them ended. Takes as long as reading the last one does.
     *
     * @param living gets what is living in them
     * @param damaged counts records that can't be read
     */
    List<Segment> find(LivingTable living, LongAdder damaged) throws IOException {
        List<Segment> found = new ArrayList<>(SegmentFolder.list(setting.folder()));
        int from = 0;
        for (int i = found.size() - 1; i >= 0; i--) {
            if (found.get(i).isSealed() && LivingFile.read(found.get(i).folder(), living)) {
                from = i + 1;
                break;
            }
        }
        boolean anew = from < found.size();
        for (int i = 0; i < found.size(); i++) {
            Segment one = found.get(i);
            if ((i >= from || !one.isSealed()) && !rebuild(one, i >= from ? living : null, damaged)) {
                LOG.warn("journal segment {} holds nothing that can be read and is removed", one.folder());
                one.remove();
                found.set(i, null);
            }
        }
        found.removeIf(one -> one == null);
        if (anew && !found.isEmpty()) {
            keepLiving(found, living);
        }
        return List.copyOf(found);
    }

    /** Reads a segment, and ends it if its writer did not. False if it makes no queue, as one that was killed over its making. */
    private boolean rebuild(Segment segment, LivingTable living, LongAdder damaged) throws IOException {
        long size = 0;
        if (!segment.isSealed()) {
            segment.scanned();
        }
        try (SegmentReader reader = SegmentReader.open(segment)) {
            while (reader.next()) {
                Optional<EntryDecoder.Head> head = reader.head();
                if (head.isPresent()) {
                    EntryDecoder.Head one = head.get();
                    long key = InvocationId.key(one.id());
                    if (!segment.isSealed()) {
                        segment.added(key, reader.sequence(), one.timeNanos());
                    }
                    if (living != null) {
                        living.note(one.kind(), key, reader.position(), reader.length());
                    }
                }
                size += SegmentWriter.sizeOf(reader.length());
            }
            damaged.add(reader.damaged());
        } catch (RuntimeException e) {
            LOG.debug("journal segment {}", segment.folder(), e);
            return false;
        }
        if (!segment.isSealed()) {
            // the writer may have allocated a step more than it used
            segment.takes(size + size / 32 + SegmentWriter.STEP + SegmentWriter.TABLE);
            seal(segment);
        }
        return true;
    }

    /** A seal saves reading; on a full disk it goes without. */
    void seal(Segment segment) {
        try {
            segment.seal(setting.sync());
        } catch (IOException e) {
            LOG.debug("journal segment {} has no seal", segment.folder(), e);
        }
    }

    /** Writes down what is living behind the last segment, which has ended; what was written behind an earlier one is of no use any more. */
    void keepLiving(List<Segment> segments, LivingTable living) {
        Segment ended = segments.getLast();
        try {
            LivingFile.write(ended.folder(), living, setting.sync());
            for (Segment segment : segments) {
                if (segment.number() < ended.number()) {
                    LivingFile.remove(segment.folder());
                }
            }
        } catch (IOException e) {
            LOG.debug("journal segment {} does not tell what is living", ended.folder(), e);
        }
    }
}
