package io.nucleon.journal;

import io.nucleon.os.AllocatedFile;
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
 * is living in a segment that is to be removed is written again at the end, and is on the disk there before the segment goes. That
 * costs little as long as most is finished, so no new events are taken once what is living fills {@link #MOST_LIVING} of the room.
 *
 * <p>A full journal comes out of it by its own strength: {@link #RESERVE}, allocated already, is left by new events, and by what moves to make
 * room for them ({@link Use}). Into it go the entries that end an event, and where those find no more, what is living in the oldest segment:
 * its removal frees at least twice of what that takes.
 */
final class Store implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private static final double MOST_LIVING = 0.7;
    private static final int RESERVE = SegmentWriter.STEP;
    /** The part of it that entries which end an event leave to what must move for them. */
    private static final int MOVING = RESERVE / 4;
    /** More files than a folder should have; the oldest go as if there were no room. */
    private static final int MOST_SEGMENTS = 2_000;
    /** A segment is ended when an eighth of the time has passed for which finished entries stay, so that they go soon after it. */
    private static final int PARTS_OF_KEEP = 8;

    private static final long LEAST_AGE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What room is wanted for. */
    private enum Use {
        /** An event that begins. */
        BEGIN(RESERVE),
        /** The end of one that is kept. */
        END(MOVING),
        /** What is living in a segment that goes because of its age, or to keep room free ahead. */
        MOVE(RESERVE),
        /** What is living in the oldest segment, which goes because something finds no room: it moves within what is allocated. */
        SQUEEZE(0);

        /** Bytes that it leaves free. */
        final int leaves;

        Use(int leaves) {
            this.leaves = leaves;
        }

        /** The entry is on its way within the journal: nothing else may move meanwhile. */
        boolean moves() {
            return this == MOVE || this == SQUEEZE;
        }
    }

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
    private long reach;
    private long segmentBytes;
    private SegmentWriter writer;
    private boolean unsynced;
    private boolean folderChanged;
    private int nextNumber;

    private Store(JournalSetting setting, LongSupplier wallNanos, JournalLock lock) {
        this.setting = setting;
        this.wallNanos = wallNanos;
        this.lock = lock;
        this.reach = setting.maxBytes();
        this.segmentBytes = setting.segmentBytes(reach);
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
        int sequence = writer.append(encoded.bytes(), length);
        unsynced = true;
        // not the entry's own time: one that has moved is old
        writer.segment().added(key, sequence, Math.max(timeNanos, wallNanos.getAsLong()));
        note(kind, key, Position.of(writer.segment().number(), sequence), length);
        return true;
    }

    private void note(EntryKind kind, long key, long position, int length) {
        note(living, kind, key, position, length);
    }

    /** What an entry changes of what is living. */
    static void note(LivingTable living, EntryKind kind, long key, long position, int length) {
        switch (kind) {
            case PENDING, ACCEPTED, DEAD_LETTER -> living.put(key, position, LivingTable.NONE, length);
            case TRIED -> living.tried(key, position);
            case ANSWERED, RESOLVED -> living.remove(key);
            case CAPTURED -> {
                // looked at, never gone on with
            }
        }
    }

    /** Whether an event of the usual size would find room. Asks the disk for it. */
    boolean hasRoom() throws IOException {
        return makeRoom(RESERVE / 2, Use.BEGIN);
    }

    private boolean makeRoom(long size, Use use) throws IOException {
        if (use == Use.BEGIN && isMostlyLiving()) {
            return false;
        }
        // one that is full goes on if no other can be begun: what ends an event must find room
        boolean begins = writer == null || (use != Use.SQUEEZE && isFull(size));
        if (begins && !beginSegment(use) && writer == null) {
            return false;
        }
        while (!grow(size + use.leaves)) {
            if (use.moves() || !squeeze(use)) {
                return false;
            }
        }
        return true;
    }

    /** Allocates what is missing for that many bytes: a step or, where that does not fit any more, just as much. */
    private boolean grow(long size) throws IOException {
        long more = writer.missing(size);
        return more == 0 || allocate(more) || allocate(writer.missingAtLeast(size));
    }

    private boolean allocate(long more) throws IOException {
        return bytes() + more <= setting.maxBytes() && writer.allocate(more);
    }

    private boolean isMostlyLiving() throws IOException {
        if (living.bytes() <= MOST_LIVING * reach) {
            return false;
        }
        // the disk may have more than when it was last asked
        measure();
        return living.bytes() > MOST_LIVING * reach;
    }

    /** How far the journal can grow: what it may take, or what its disk has left if that is less. */
    private void measure() throws IOException {
        long disk = bytes() + Files.getFileStore(setting.folder()).getUsableSpace();
        reach = Math.min(setting.maxBytes(), disk);
        segmentBytes = setting.segmentBytes(reach);
    }

    private boolean isFull(long size) {
        if (writer.end() == 0) {
            return false;
        }
        return writer.end() + size > segmentBytes || writer.segment().firstNanos() + ageNanos() < wallNanos.getAsLong();
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
        measure();
        Segment fresh = Segment.fresh(setting.folder(), nextNumber);
        SegmentWriter begun = create(fresh, use);
        while (begun == null) {
            if (use.moves() || !squeeze(use)) {
                return false;
            }
            begun = create(fresh, use);
        }
        nextNumber++;
        if (writer != null) {
            endSegment();
        }
        writer = begun;
        folderChanged = true;
        List<Segment> more = new ArrayList<>(segments);
        more.add(fresh);
        segments = List.copyOf(more);
        if (!use.moves()) {
            makeSpace();
        }
        return true;
    }

    /**
     * Null if there is no room for it. The end of an event in a journal that was full when it was opened gets the room that the last writer's
     * reserve had, which that gave back.
     */
    private SegmentWriter create(Segment fresh, Use use) throws IOException {
        long least = SegmentWriter.STEP + SegmentWriter.TABLE;
        long over = writer == null && use == Use.END ? least : 0;
        return bytes() + least > setting.maxBytes() + over
                ? null
                : SegmentWriter.create(fresh, TimeUnit.NANOSECONDS.toMillis(wallNanos.getAsLong()));
    }

    /** Keeps two segments' room free, as long as something finished can go for it: what is living needs some to move to. */
    private void makeSpace() throws IOException {
        long most = reach - 2 * segmentBytes;
        // once around: what has moved is not moved again
        int passes = segments.size() - 1;
        while (passes-- > 0
                && (bytes() > most || segments.size() > MOST_SEGMENTS)
                && bytes() - living.bytes() > segmentBytes
                && removeOldest()) {
            // until there is
        }
    }

    /** Removes what is older than finished entries stay; called now and then, also when nothing is written. */
    void sweep() throws IOException {
        long oldest = wallNanos.getAsLong() - nanos(setting.keep());
        if (writer != null && writer.end() > 0 && writer.segment().lastNanos() < oldest) {
            endSegment();
        }
        while (!segments.isEmpty()
                && !isWritten(segments.getFirst())
                && segments.getFirst().lastNanos() < oldest) {
            Segment first = segments.getFirst();
            boolean onlyLiving = countLiving(first) > 0 && segments.size() == 1;
            // the last one would only be written anew
            if (onlyLiving || !removeOldest()) {
                break;
            }
        }
    }

    private boolean isWritten(Segment segment) {
        return writer != null && writer.segment() == segment;
    }

    private int countLiving(Segment segment) {
        int count = 0;
        for (LivingTable.Place place : living.all()) {
            count += Position.segment(place.base()) == segment.number() ? 1 : 0;
        }
        return count;
    }

    /** Removes the oldest segment; what is living in it moves to the end. False if it is the one that is written, or that can't move. */
    private boolean removeOldest() throws IOException {
        List<LivingTable.Place> places = livingInOldest();
        if (places == null) {
            return false;
        }
        if (!places.isEmpty() && ((writer == null && !beginSegment(Use.MOVE)) || !move(places, Use.MOVE))) {
            return false;
        }
        return forgetOldest();
    }

    /**
     * Removes the oldest segment to make room, if that gains any and what is living in it has place in what is allocated.
     *
     * @param use what needs it: new events do not get it at the cost of the reserve
     */
    private boolean squeeze(Use use) throws IOException {
        List<LivingTable.Place> places = livingInOldest();
        if (places == null) {
            return false;
        }
        long size = places.stream()
                .mapToLong(place -> SegmentWriter.sizeOf(place.size()))
                .sum();
        if (size > 0) {
            long room = writer == null ? 0 : writer.room() - (use == Use.END ? 0 : RESERVE);
            if (size > room || 2 * size > segments.getFirst().bytes() || !move(places, Use.SQUEEZE)) {
                return false;
            }
        }
        return forgetOldest();
    }

    /** Null if there is no segment beside the one that is written. */
    private List<LivingTable.Place> livingInOldest() {
        List<Segment> now = segments;
        if (now.isEmpty() || isWritten(now.getFirst())) {
            return null;
        }
        List<LivingTable.Place> found = new ArrayList<>();
        for (LivingTable.Place place : living.all()) {
            if (Position.segment(place.base()) == now.getFirst().number()) {
                found.add(place);
            }
        }
        return found;
    }

    private boolean forgetOldest() throws IOException {
        Segment oldest = segments.getFirst();
        segments = List.copyOf(segments.subList(1, segments.size()));
        oldest.remove();
        return true;
    }

    /** Writes what is living in the oldest segment again, at the end. False if not all of it found room; the segment must stay then. */
    private boolean move(List<LivingTable.Place> places, Use use) throws IOException {
        places.sort(Comparator.comparingLong(LivingTable.Place::base));
        try (SegmentReader reader = SegmentReader.open(segments.getFirst())) {
            for (LivingTable.Place place : places) {
                Optional<Entry> entry =
                        reader.read(Position.sequence(place.base())) ? reader.entry() : Optional.empty();
                if (entry.isEmpty()) {
                    damaged.increment();
                    living.remove(place.key());
                    continue;
                }
                Entry merged = withTries(entry.get(), place);
                moving.encode(merged);
                if (!write(moving, merged.kind(), place.key(), merged.timeNanos(), use)) {
                    return false;
                }
            }
        }
        // whatever else is kept in memory for now: the old copy goes, so the new one must be on the disk
        writer.sync();
        AllocatedFile.syncFolder(setting.folder());
        return true;
    }

    private Entry withTries(Entry base, LivingTable.Place place) {
        if (place.tried() == LivingTable.NONE) {
            return base;
        }
        return at(place.tried()).map(tried -> base.with(tried.tries())).orElse(base);
    }

    /** The entry at a position; reads the disk; any thread. */
    Optional<Entry> at(long position) {
        for (Segment segment : segments) {
            if (segment.number() == Position.segment(position)) {
                try (SegmentReader reader = SegmentReader.open(segment)) {
                    return reader.read(Position.sequence(position)) ? reader.entry() : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** Makes durable what was written since the last time, as far as that was asked for. */
    void flush() throws IOException {
        if (!setting.sync() || !unsynced || writer == null) {
            return;
        }
        writer.sync();
        if (folderChanged) {
            AllocatedFile.syncFolder(writer.segment().folder());
            AllocatedFile.syncFolder(setting.folder());
            folderChanged = false;
        }
        unsynced = false;
    }

    private void endSegment() throws IOException {
        flush();
        SegmentWriter ended = writer;
        writer = null;
        ended.close();
        ends.seal(ended.segment());
        ends.keepLiving(segments, living);
    }

    /** After an error: gives up the files without touching them again. */
    void abandon() {
        if (writer != null) {
            writer.abandon();
            writer = null;
        }
        lock.close();
    }

    @Override
    public void close() {
        try {
            if (writer != null) {
                endSegment();
            }
        } catch (IOException e) {
            LOG.warn("ending the last segment of the journal failed; it will be read anew: {}", e.getMessage());
        } finally {
            abandon();
        }
    }
}
