package io.nucleon.journal;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads a journal without writing to it: that of this process, or the folder of another, which may be running. Reads the disk. Safe for
 * many threads.
 */
public final class JournalReader {

    /** Where nothing is. */
    static final JournalReader EMPTY = new JournalReader(List::of, null);

    private final Supplier<List<Segment>> segments;
    /** Null for another process's journal. */
    private final LivingTable living;

    private JournalReader(Supplier<List<Segment>> segments, LivingTable living) {
        this.segments = segments;
        this.living = living;
    }

    static JournalReader of(Store store) {
        return new JournalReader(store::segments, store.living());
    }

    /**
     * Reads a folder as its process leaves it; empty if there is none.
     */
    public static JournalReader of(Path folder) {
        return SegmentFolder.isUsed(folder) ? new JournalReader(() -> list(folder), null) : EMPTY;
    }

    /** Whether there is a journal in a folder that keeps something, or did. */
    public static boolean isIn(Path folder) {
        return SegmentFolder.isUsed(folder);
    }

    private static List<Segment> list(Path folder) {
        try {
            return SegmentFolder.list(folder);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    List<Segment> segments() {
        return segments.get();
    }

    /** Everything from a position on, oldest first; 0 is the beginning. To be closed. */
    public Cursor read(long from) {
        return new Cursor(this, from);
    }

    /** Every entry, oldest first. */
    public void forEach(Consumer<Stored> consumer) {
        try (Cursor cursor = read(0)) {
            for (Optional<Stored> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                consumer.accept(next.get());
            }
        }
    }

    /** What is held of an event, in order; the id may be shortened to eight characters or more, which takes longer. */
    public List<Stored> find(String id) {
        if (!InvocationId.isBeginning(id)) {
            return List.of();
        }
        List<Stored> found = new ArrayList<>();
        if (!InvocationId.isOne(id)) {
            forEach(one -> {
                if (one.entry().id().startsWith(id)) {
                    add(found, one);
                }
            });
            return found;
        }
        long key = InvocationId.key(id);
        long arrivedNanos = InvocationId.millis(id) * 1_000_000L;
        for (Segment segment : segments()) {
            if (!segment.isSealed() || segment.lastNanos() >= arrivedNanos) {
                findIn(segment, key, id, found);
            }
        }
        return found;
    }

    private static void findIn(Segment segment, long key, String id, List<Stored> found) {
        try {
            boolean scanned = !segment.hasIds();
            List<Integer> places = scanned ? List.of() : segment.find(key);
            if (places.isEmpty() && !scanned) {
                return;
            }
            try (SegmentReader reader = SegmentReader.open(segment)) {
                if (scanned) {
                    while (reader.next()) {
                        add(reader, id, found);
                    }
                }
                for (int place : places) {
                    if (reader.read(place)) {
                        add(reader, id, found);
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            if (java.nio.file.Files.isDirectory(segment.folder())) {
                throw unreadable(segment.folder(), e);
            }
            // removed meanwhile, as finished ones are
        }
    }

    private static void add(SegmentReader reader, String id, List<Stored> found) {
        Optional<EntryDecoder.Head> head = reader.head();
        if (head.isPresent() && head.get().id().equals(id)) {
            reader.entry().ifPresent(entry -> add(found, new Stored(reader.position(), entry)));
        }
    }

    /** One that has moved stands in two places for a while. */
    private static void add(List<Stored> found, Stored one) {
        found.removeIf(other -> other.entry().kind() == one.entry().kind()
                && other.entry().id().equals(one.entry().id())
                && other.entry().timeNanos() == one.entry().timeNanos());
        found.add(one);
    }

    /** The events that are not done, oldest first, each with the tries made since. */
    public List<Stored> living() {
        LivingTable table = living == null ? readLiving() : living;
        LivingTable.Place[] places = table.all();
        List<LivingTable.Place> sorted = new ArrayList<>(List.of(places));
        sorted.sort(Comparator.comparingLong(LivingTable.Place::base));
        List<Stored> found = new ArrayList<>();
        try (LivingEntries entries = new LivingEntries(segments())) {
            for (LivingTable.Place place : sorted) {
                entries.read(place).ifPresent(entry -> found.add(new Stored(place.base(), entry)));
            }
        }
        found.sort(Comparator.comparing(one -> one.entry().id()));
        return found;
    }

    /** From what was last written down, and from what was written since. */
    private LivingTable readLiving() {
        LivingTable table = new LivingTable();
        List<Segment> all = segments();
        int from = 0;
        for (int i = all.size() - 1; i >= 0 && from == 0; i--) {
            if (LivingFile.read(all.get(i).folder(), table)) {
                from = all.get(i).number() + 1;
            }
        }
        try (Cursor cursor = read(Position.of(from, 0))) {
            for (Optional<Stored> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                table.note(
                        next.get().entry().kind(),
                        InvocationId.key(next.get().entry().id()),
                        next.get().position(),
                        0);
            }
        }
        return table;
    }

    private static RuntimeException unreadable(Path folder, Exception why) {
        return ErrorMessage.of(
                        ErrorCode.JOURNAL_UNUSABLE,
                        "reading the journal in " + folder + " failed",
                        why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage(),
                        "see that the folder can be read by you")
                .toException(why);
    }
}
