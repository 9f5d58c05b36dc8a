package io.nucleon.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads living events where they stand, each with the tries made since. Quick for places in their order, as it keeps the segments open that
 * it read last. Confined to one thread.
 */
final class LivingEntries implements AutoCloseable {

    /** Files open at a time: those of the events and, as tries are made soon after, a few behind them. */
    private static final int MOST_OPEN = 64;

    private final List<Segment> segments;
    /** By number, the one that was used longest ago first. */
    private final Map<Integer, SegmentReader> open = new LinkedHashMap<>(MOST_OPEN, 0.75F, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, SegmentReader> eldest) {
            if (size() <= MOST_OPEN) {
                return false;
            }
            eldest.getValue().close();
            return true;
        }
    };

    LivingEntries(List<Segment> segments) {
        this.segments = segments;
    }

    /** Empty if it can't be read. */
    Optional<Entry> read(LivingTable.Place place) {
        Optional<Entry> base = at(place.base());
        if (base.isEmpty() || place.tried() == LivingTable.NONE) {
            return base;
        }
        return at(place.tried()).map(tried -> base.get().with(tried.tries())).or(() -> base);
    }

    private Optional<Entry> at(long position) {
        SegmentReader reader = open.get(Position.segment(position));
        if (reader == null) {
            reader = open(Position.segment(position));
        }
        return reader != null && reader.read(Position.sequence(position)) ? reader.entry() : Optional.empty();
    }

    private SegmentReader open(int number) {
        for (Segment segment : segments) {
            if (segment.number() == number) {
                SegmentReader reader = SegmentReader.open(segment);
                open.put(number, reader);
                return reader;
            }
        }
        return null;
    }

    @Override
    public void close() {
        open.values().forEach(SegmentReader::close);
    }
}
