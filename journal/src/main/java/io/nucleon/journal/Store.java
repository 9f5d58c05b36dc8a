package io.nucleon.journal;

import io.nucleon.journal.Space.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a journal: segments, of which the last is written, and what is living in them. Changed by the journal's thread alone; what
 * others may call says so.
 *
 * <p>Segments are removed from the oldest on, never out of turn: a later one may hold the word that an event of an earlier one is done. What
 * is living in a segment that is to be removed is written again at the end, and is on the disk there before the segment goes. A full journal
 * comes out of it by its own strength: {@link Space} tells what may take room for what.
 */
final class Store implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    /** More files than a folder should have; the oldest go as if there were no room. */
    private static final int MOST_SEGMENTS = 2_000;
    /** A segment is ended when an eighth of the time has passed for which finished entries stay, so that they go soon after it. */
    private static final int PARTS_OF_KEEP = 8;

    /** An event as most are, with some to spare. */
    private static final int USUAL_BYTES = SegmentWriter.STEP / 2;

    private static final long LEAST_AGE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final JournalSetting setting;
    private final LongSupplier wallNanos;
    private final SegmentEnds ends;
    private final Secrets secrets;
    private final EntryEncoder encoder = new EntryEncoder();
    /** Of what moves, which happens while the one that is to be written waits for its room in {@link #encoder}. */
    private final EntryEncoder moving = new EntryEncoder();

    private final LivingTable living = new LivingTable();
    private final JournalLock lock;
    /** Oldest first; replaced as a whole. */
    private volatile List<Segment> segments = List.of();

    private final LongAdder damaged = new LongAdder();
    private final Space space;
    private final Tail tail;
    private int nextNumber;

    private Store(JournalSetting setting, LongSupplier wallNanos, JournalLock lock) {
        this.setting = setting;
        this.wallNanos = wallNanos;
        this.lock = lock;
        this.space = new Space(setting, living, this::bytes);
        this.tail = new Tail(setting.folder(), setting.sync());
        this.ends = new SegmentEnds(setting);
        this.secrets = new Secrets(setting.secrets(), setting.values());
    }

    /** Opens a folder for this process alone and finds what is living in it. Takes as long as reading the last segment does. */
    static Store open(JournalSetting setting, LongSupplier wallNanos) throws IOException {
        Files.createDirectories(
                setting.folder(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        JournalLock lock = JournalLock.take(setting.folder());
        Store store = new Store(setting, wallNanos, lock);
        try {
            Secrets.leave(setting.folder(), setting.secrets());
            if (setting.source().isPresent()) {
                JournalSource.leave(setting.folder(), setting.source().get());
            }
            store.find();
            return store;
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private void find() throws IOException {
        segments = ends.find(living, damaged);
        nextNumber = segments.isEmpty() ? 1 : segments.getLast().number() + 1;
    }

    /** Oldest first; any thread. */
    List<Segment> segments() {
        return segments;
    }

    /** Any thread. */
    LivingTable living() {
        return living;
    }

    /** Records that could not be read; any thread. */
    long damaged() {
        return damaged.sum();
    }

    /** What all files take; any thread. */
    long bytes() {
        long sum = 0;
        for (Segment segment : segments) {
            sum += segment.bytes();
        }
        return sum;
    }

    /**
     * Writes an entry.
     *
     * @return false if there is no room for it
     */
    boolean append(Entry entry) throws IOException {
        encoder.encode(entry.masked(secrets));
        return write(
                encoder,
                entry.kind(),
                InvocationId.key(entry.id()),
                entry.timeNanos(),
                entry.kind().closes() ? Use.END : Use.BEGIN);
    }

    private boolean write(EntryEncoder encoded, EntryKind kind, long key, long timeNanos, Use use) throws IOException {
        int length = encoded.length();
        if (!makeRoom(SegmentWriter.sizeOf(length), use)) {
            return false;
        }
        // not the entry's own time: one that has moved is old
        long position = tail.append(encoded, key, Math.max(timeNanos, wallNanos.getAsLong()), use == Use.MOVE);
        living.note(kind, key, position, length);
        return true;
    }

    /** Whether an event of the usual size would find room. Asks the disk for it. */
    boolean hasRoom() throws IOException {
        return makeRoom(USUAL_BYTES, Use.BEGIN);
    }

    private boolean makeRoom(long size, Use use) throws IOException {
        if (use == Use.BEGIN && space.isMostlyLiving()) {
            return false;
        }
        // one that is full goes on if no other can be begun: what ends an event must find room
        if ((!tail.isWritten() || isFull(size)) && !beginSegment(use) && !tail.isWritten()) {
            return false;
        }
        int last = nextNumber;
        while (!grow(size + use.leaves, use)) {
            if (!squeeze(use, last)) {
                return use == Use.END && grow(size + use.leaves, Use.MOVE);
            }
        }
        return true;
    }

    /** Allocates what is missing for that many bytes: a step or, where that does not fit any more, just as much. */
    private boolean grow(long size, Use use) throws IOException {
        long more = tail.writer().missing(size);
        return more == 0 || allocate(more, use) || allocate(tail.writer().missingAtLeast(size), use);
    }

    private boolean allocate(long more, Use use) throws IOException {
        return space.allows(more, use) && tail.writer().allocate(more);
    }

    private boolean isFull(long size) {
        SegmentWriter writer = tail.writer();
        if (writer.end() == 0) {
            return false;
        }
        return writer.end() + size > space.segmentBytes()
                || writer.segment().firstNanos() + ageNanos() < wallNanos.getAsLong();
    }

    private long ageNanos() {
        return Math.max(LEAST_AGE_NANOS, nanos(setting.keep()) / PARTS_OF_KEEP);
    }

    private static long nanos(Duration keep) {
        return keep.compareTo(Duration.ofDays(36_500)) > 0
                ? Duration.ofDays(36_500).toNanos()
                : keep.toNanos();
    }

    /** Ends the segment that is written, if another can be begun. */
    private boolean beginSegment(Use use) throws IOException {
        space.measure();
        int last = nextNumber;
        SegmentWriter begun = create(use);
        while (begun == null && squeeze(use, last)) {
            if (nextNumber > last) {
                // what moved has begun one
                return true;
            }
            begun = create(use);
        }
        if (begun == null && use == Use.END) {
            begun = create(Use.MOVE);
        }
        if (begun == null) {
            return false;
        }
        nextNumber++;
        if (tail.isWritten()) {
            endSegment();
        }
        tail.begin(begun);
        List<Segment> more = new ArrayList<>(segments);
        more.add(begun.segment());
        segments = List.copyOf(more);
        if (use != Use.MOVE) {
            makeSpace();
        }
        return true;
    }

    /** Null if there is no room for it. */
    private SegmentWriter create(Use use) throws IOException {
        return space.allowsSegment(use)
                ? SegmentWriter.create(
                        Segment.fresh(setting.folder(), nextNumber),
                        TimeUnit.NANOSECONDS.toMillis(wallNanos.getAsLong()))
                : null;
    }

    /** Keeps room free ahead, as long as something finished can go for it: what is living needs some to move to. */
    private void makeSpace() throws IOException {
        // once around: what has moved is not moved again
        int last = tail.writer().segment().number();
        while ((space.isScarce() || segments.size() > MOST_SEGMENTS)
                && space.isMoreThanLiving()
                && segments.getFirst().number() < last
                && removeOldest(Use.BEGIN)) {
            // until there is
        }
    }

    /** Removes what is older than finished entries stay; called now and then, also when nothing is written. */
    void sweep() throws IOException {
        long oldest = wallNanos.getAsLong() - nanos(setting.keep());
        SegmentWriter writer = tail.writer();
        if (writer != null && writer.end() > 0 && writer.segment().lastNanos() < oldest) {
            endSegment();
        }
        while (!segments.isEmpty()
                && !tail.is(segments.getFirst())
                && segments.getFirst().lastNanos() < oldest) {
            Segment first = segments.getFirst();
            boolean onlyLiving =
                    segments.size() == 1 && !living.in(first.number()).isEmpty();
            // the last one would only be written anew
            if (onlyLiving || !removeOldest(Use.BEGIN)) {
                break;
            }
        }
    }

    /**
     * Removes the oldest segment, if that helps to make room.
     *
     * @param use what finds no room
     * @param before only a segment of a lower number, so that it goes once around
     */
    private boolean squeeze(Use use, int before) throws IOException {
        if (use == Use.MOVE || segments.isEmpty()) {
            // nothing else may move while something does
            return false;
        }
        Segment oldest = segments.getFirst();
        return oldest.number() < before
                && space.isWorth(oldest, sizeOf(living.in(oldest.number())))
                && removeOldest(use);
    }

    /**
     * Removes the oldest segment; what is living in it moves to the end. False if it is the one that is written, or that can't move.
     *
     * @param use what it goes for
     */
    private boolean removeOldest(Use use) throws IOException {
        Segment oldest = segments.getFirst();
        if (tail.is(oldest)) {
            return false;
        }
        List<LivingTable.Place> places = living.in(oldest.number());
        if (!space.canMove(sizeOf(places), tail.writer(), use) || !move(places)) {
            return false;
        }
        segments = List.copyOf(segments.subList(1, segments.size()));
        oldest.remove();
        return true;
    }

    private static long sizeOf(List<LivingTable.Place> places) {
        return places.stream()
                .mapToLong(place -> SegmentWriter.sizeOf(place.size()))
                .sum();
    }

    /** Writes what is living in the oldest segment again, at the end. False if not all of it found room; the segment must stay then. */
    private boolean move(List<LivingTable.Place> places) throws IOException {
        if (places.isEmpty()) {
            return true;
        }
        places.sort(Comparator.comparingLong(LivingTable.Place::base));
        try (LivingEntries entries = new LivingEntries(segments)) {
            for (LivingTable.Place place : places) {
                Optional<Entry> entry = entries.read(place);
                if (entry.isEmpty()) {
                    damaged.increment();
                    living.remove(place.key());
                    continue;
                }
                moving.encode(entry.get());
                if (!write(moving, entry.get().kind(), place.key(), entry.get().timeNanos(), Use.MOVE)) {
                    return false;
                }
            }
        }
        tail.syncMoved();
        return true;
    }

    /** Makes durable what was written since the last time, as far as that was asked for. */
    void flush() throws IOException {
        tail.flush();
    }

    private void endSegment() throws IOException {
        ends.seal(tail.end());
        ends.keepLiving(segments, living);
    }

    /** After an error: gives up the files without touching them again. */
    void abandon() {
        tail.abandon();
        lock.close();
    }

    @Override
    public void close() {
        try {
            if (tail.isWritten()) {
                endSegment();
            }
        } catch (IOException e) {
            LOG.warn("ending the last segment of the journal failed; it will be read anew: {}", e.getMessage());
        } finally {
            abandon();
        }
    }
}
