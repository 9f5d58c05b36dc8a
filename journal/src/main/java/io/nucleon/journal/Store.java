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
 * costs little as long as most is finished, so no new events are taken once what is living fills {@link #MOST_LIVING} of the room. Entries
 * that end an earlier one find room longer than others: {@link #RESERVE} is theirs.
 */
final class Store implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private static final double MOST_LIVING = 0.7;
    private static final int RESERVE = SegmentWriter.STEP;
    /** More files than a folder should have; the oldest go as if there were no room. */
    private static final int MOST_SEGMENTS = 2_000;
    /** A segment is ended when an eighth of the time has passed for which finished entries stay, so that they go soon after it. */
    private static final int PARTS_OF_KEEP = 8;

    private static final long LEAST_AGE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final JournalSetting setting;
    private final LongSupplier wallNanos;
    private final Secrets secrets;
    private final EntryEncoder encoder = new EntryEncoder();
    private final LivingTable living = new LivingTable();
    private final JournalLock lock;
    /** Oldest first; replaced as a whole. */
    private volatile List<Segment> segments = List.of();

    private final LongAdder damaged = new LongAdder();
    private long reach;
    private long segmentBytes;
    private SegmentWriter writer;
    private boolean unsynced;
    /** What is living in the oldest segment moves: no second one is begun meanwhile. */
    private boolean cleaning;

    private boolean folderChanged;
    private int nextNumber;

    private Store(JournalSetting setting, LongSupplier wallNanos, JournalLock lock) {
        this.setting = setting;
        this.wallNanos = wallNanos;
        this.lock = lock;
        this.reach = setting.maxBytes();
        this.segmentBytes = setting.segmentBytes(reach);
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
        List<Segment> found = new ArrayList<>(SegmentFolder.list(setting.folder()));
        nextNumber = found.isEmpty() ? 1 : found.getLast().number() + 1;
        int from = 0;
        for (int i = found.size() - 1; i >= 0; i--) {
            if (found.get(i).isSealed() && LivingFile.read(found.get(i).folder(), living)) {
                from = i + 1;
                break;
            }
        }
        for (int i = 0; i < found.size(); i++) {
            Segment one = found.get(i);
            if ((i >= from || !one.isSealed()) && !rebuild(one, i >= from)) {
                LOG.warn("journal segment {} holds nothing that can be read and is removed", one.folder());
                one.remove();
                found.set(i, null);
            }
        }
        found.removeIf(one -> one == null);
        segments = List.copyOf(found);
        if (from < found.size()) {
            keepLiving(found.getLast());
        }
    }

    /** Reads a segment, and ends it if its writer did not. False if it makes no queue, as one that was killed over its making. */
    private boolean rebuild(Segment segment, boolean counts) throws IOException {
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
                    if (counts) {
                        note(one.kind(), key, reader.position(), reader.length());
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
                entry.kind(),
                InvocationId.key(entry.id()),
                entry.timeNanos(),
                entry.kind().closes());
    }

    private boolean write(EntryKind kind, long key, long timeNanos, boolean mayUseReserve) throws IOException {
        int length = encoder.length();
        if (!makeRoom(SegmentWriter.sizeOf(length), mayUseReserve)) {
            return false;
        }
        int sequence = writer.append(encoder.bytes(), length);
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
        return makeRoom(RESERVE / 2, false);
    }

    private boolean makeRoom(long size, boolean mayUseReserve) throws IOException {
        if (!mayUseReserve && isMostlyLiving()) {
            return false;
        }
        // one that is full goes on if no other can be begun: what ends an event must find room
        if ((writer == null || isFull(size)) && !beginSegment() && writer == null) {
            return false;
        }
        long more = writer.missing(size + (mayUseReserve ? 0 : RESERVE));
        if (more == 0) {
            return true;
        }
        while (bytes() + more > setting.maxBytes() || !writer.allocate(more)) {
            if (cleaning || !removeOldest(false)) {
                return false;
            }
        }
        return true;
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
    private boolean beginSegment() throws IOException {
        measure();
        while (bytes() + SegmentWriter.STEP + SegmentWriter.TABLE > setting.maxBytes()) {
            if (cleaning || !removeOldest(false)) {
                return false;
            }
        }
        Segment fresh = Segment.fresh(setting.folder(), nextNumber);
        SegmentWriter begun = SegmentWriter.create(fresh, TimeUnit.NANOSECONDS.toMillis(wallNanos.getAsLong()));
        while (begun == null) {
            if (cleaning || !removeOldest(false)) {
                return false;
            }
            begun = SegmentWriter.create(fresh, TimeUnit.NANOSECONDS.toMillis(wallNanos.getAsLong()));
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
        makeSpace();
        return true;
    }

    /** Keeps two segments' room free, as long as something finished can go for it: what is living needs some to move to. */
    private void makeSpace() throws IOException {
        if (cleaning) {
            return;
        }
        long most = reach - 2 * segmentBytes;
        // once around: what has moved is not moved again
        int passes = segments.size() - 1;
        while (passes-- > 0
                && (bytes() > most || segments.size() > MOST_SEGMENTS)
                && bytes() - living.bytes() > segmentBytes
                && removeOldest(true)) {
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
            if (onlyLiving || !removeOldest(true)) {
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

    /**
     * Removes the oldest segment; what is living in it moves to the end.
     *
     * @param mayGrow whether room may be made for what moves; else it moves only if it fits into what is allocated, and if that gains room
     * @return false if it is the one that is written, or what is living can't move
     */
    private boolean removeOldest(boolean mayGrow) throws IOException {
        List<Segment> now = segments;
        if (now.isEmpty() || isWritten(now.getFirst())) {
            return false;
        }
        Segment oldest = now.getFirst();
        List<LivingTable.Place> moving = new ArrayList<>();
        long size = 0;
        for (LivingTable.Place place : living.all()) {
            if (Position.segment(place.base()) == oldest.number()) {
                moving.add(place);
                size += SegmentWriter.sizeOf(place.size());
            }
        }
        if (!moving.isEmpty() && !move(oldest, moving, size, mayGrow)) {
            return false;
        }
        segments = List.copyOf(segments.subList(1, segments.size()));
        oldest.remove();
        return true;
    }

    private boolean move(Segment from, List<LivingTable.Place> places, long size, boolean mayGrow) throws IOException {
        if (writer == null && !(mayGrow && beginWhileCleaning())) {
            return false;
        }
        if (!mayGrow && (size > writer.room() - RESERVE || 2 * size > from.bytes())) {
            return false;
        }
        places.sort(Comparator.comparingLong(LivingTable.Place::base));
        cleaning = true;
        try (SegmentReader reader = SegmentReader.open(from)) {
            for (LivingTable.Place place : places) {
                Optional<Entry> entry =
                        reader.read(Position.sequence(place.base())) ? reader.entry() : Optional.empty();
                if (entry.isEmpty()) {
                    damaged.increment();
                    living.remove(place.key());
                    continue;
                }
                Entry merged = withTries(entry.get(), place);
                encoder.encode(merged);
                if (!write(merged.kind(), place.key(), merged.timeNanos(), true)) {
                    return false;
                }
            }
        } finally {
            cleaning = false;
        }
        // whatever else is kept in memory for now: the old copy goes, so the new one must be on the disk
        writer.sync();
        AllocatedFile.syncFolder(setting.folder());
        return true;
    }

    private boolean beginWhileCleaning() throws IOException {
        cleaning = true;
        try {
            return beginSegment();
        } finally {
            cleaning = false;
        }
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
        seal(ended.segment());
        keepLiving(ended.segment());
    }

    /** A seal saves reading; on a full disk it goes without. */
    private void seal(Segment segment) {
        try {
            segment.seal(setting.sync());
        } catch (IOException e) {
            LOG.debug("journal segment {} has no seal", segment.folder(), e);
        }
    }

    /** Writes down what is living behind a segment that has ended; what was written behind an earlier one is of no use any more. */
    private void keepLiving(Segment ended) {
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
