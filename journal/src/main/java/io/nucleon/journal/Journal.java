package io.nucleon.journal;

import io.nucleon.error.NucleonException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Durable records of a processor's events. Safe for many threads.
 *
 * <p>One thread of its own writes; {@link #append} hands over and returns, and the receipt is called when the entry is as durable as was
 * asked for: out of reach of a kill, or with {@code sync} on the disk. What reads ({@link #find}, {@link #living}, {@link #forEach},
 * {@link #read}) opens files and waits for them: not for an event loop.
 *
 * <p>A journal whose folder holds nothing touches neither disk nor Chronicle before the first entry; one that holds something is opened
 * in the background. While it can't be opened it is tried again once a second, and entries are refused.
 */
public final class Journal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /** Entries written before their receipts are called; with {@code sync} they share one write to the disk. */
    private static final int MOST_AT_ONCE = 512;

    /** Of entries that wait for the disk: a second of a slow one. */
    private static final long MOST_WAITING_BYTES = 64L << 20;

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** An entry beside its body: texts, headers, bookkeeping. */
    private static final int ENTRY_BYTES = 512;

    private final JournalSetting setting;
    private final LongSupplier wallNanos;
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    /** What ends an earlier entry waits here for room instead of being refused. The journal's thread only. */
    private final ArrayDeque<Waiting> held = new ArrayDeque<>();

    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong appended = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile Thread thread;
    private volatile boolean parked;
    private volatile boolean closing;
    private volatile boolean heldBack;
    private volatile Store store;
    private volatile NucleonException unusable;
    private volatile boolean full;
    /** Counts down when opening has been tried. */
    private final CountDownLatch tried = new CountDownLatch(1);

    private record Waiting(Entry entry, Receipt receipt, long bytes) {}

    private Journal(JournalSetting setting, LongSupplier wallNanos) {
        this.setting = setting;
        this.wallNanos = wallNanos;
    }

    /**
     * A journal in a folder. Returns at once.
     *
     * @param wallNanos the wall clock, ns since 1970
     */
    public static Journal open(JournalSetting setting, LongSupplier wallNanos) {
        Journal journal = new Journal(setting, wallNanos);
        if (SegmentFolder.isUsed(setting.folder())) {
            journal.start();
        }
        return journal;
    }

    /**
     * A journal in a folder that another process may still write. Nothing of it is opened before {@link #begin}; entries wait until then.
     * Returns at once.
     *
     * @param wallNanos the wall clock, ns since 1970
     */
    public static Journal held(JournalSetting setting, LongSupplier wallNanos) {
        Journal journal = new Journal(setting, wallNanos);
        journal.heldBack = true;
        return journal;
    }

    /** Opens a journal that was held back, if it holds something or entries wait; another one is as it was. Returns at once. */
    public void begin() {
        if (heldBack) {
            heldBack = false;
            if (SegmentFolder.isUsed(setting.folder()) || !queue.isEmpty()) {
                start();
            }
        }
    }

    public JournalSetting setting() {
        return setting;
    }

    /** Whether it holds something, or did when it was opened; else there is nothing to be found in it and no file is open. */
    public boolean isUsed() {
        return thread != null;
    }

    /** Keeps an entry. Returns at once; the receipt is called once, on the journal's thread or, if it is refused at once, on this one. */
    public void append(Entry entry, Receipt receipt) {
        long bytes = ENTRY_BYTES
                + entry.event().map(event -> (long) event.body().remaining()).orElse(0L)
                + entry.answer().map(answer -> (long) answer.body().remaining()).orElse(0L);
        if (closing) {
            receipt.told(JournalFailure.closed());
            return;
        }
        if (waitingBytes.addAndGet(bytes) > MOST_WAITING_BYTES && waitingBytes.get() > bytes) {
            waitingBytes.addAndGet(-bytes);
            refused.incrementAndGet();
            receipt.told(JournalFailure.behind(waitingBytes.get()));
            return;
        }
        queue.add(new Waiting(entry, receipt, bytes));
        // Whoever ends the hold sees what was put in line before: this reads 'heldBack' after it has written the line,
        // that the line after it.
        if (thread == null && !heldBack) {
            start();
        }
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    private synchronized void start() {
        if (thread == null) {
            thread = Threads.start("journal", this::run);
        }
    }

    /** Whether an entry that begins something would be kept now, as far as is known. False until it has been opened, if it must be. */
    public boolean hasRoom() {
        return !full && unusable == null && waitingBytes.get() < MOST_WAITING_BYTES / 2;
    }

    /** What this journal holds of an event, in order; empty if nothing. Reads the disk. */
    public List<Stored> find(String id) {
        return reader().find(id);
    }

    /** The events that are not done, oldest first, each with the tries made since. Reads the disk. */
    public List<Stored> living() {
        return reader().living();
    }

    /** Everything from a position on, oldest first; 0 is the beginning. To be closed. Reads the disk. */
    public Cursor read(long from) {
        return reader().read(from);
    }

    /** Every entry, oldest first. Reads the disk. */
    public void forEach(Consumer<Stored> consumer) {
        reader().forEach(consumer);
    }

    /** Waits until what is there has been opened. */
    private JournalReader reader() {
        if (thread == null) {
            return JournalReader.EMPTY;
        }
        try {
            tried.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw JournalFailure.closed();
        }
        Store open = store;
        if (open == null) {
            NucleonException why = unusable;
            throw why == null ? JournalFailure.closed() : why;
        }
        return JournalReader.of(open);
    }

    /** Its state now; never waits. Any thread. */
    public JournalStats stats() {
        Store open = store;
        return new JournalStats(
                open == null ? 0 : open.bytes(),
                setting.maxBytes(),
                open == null ? 0 : open.segments().size(),
                open == null ? 0 : open.living().count(),
                open == null ? 0 : open.living().bytes(),
                appended.get(),
                refused.get(),
                open == null ? 0 : open.damaged(),
                waitingBytes.get());
    }

    /** Writes what waits, ends the files and returns when that is done. Entries that come later are refused. */
    @Override
    public void close() {
        closing = true;
        if (thread == null) {
            for (Waiting one = queue.poll(); one != null; one = queue.poll()) {
                one.receipt.told(JournalFailure.closed());
            }
            return;
        }
        LockSupport.unpark(thread);
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long sweptAt = wallNanos.getAsLong();
        try {
            while (!closing || !queue.isEmpty()) {
                if (store == null && !tryOpen()) {
                    refuseAll(unusable);
                    park(RETRY_NANOS);
                    continue;
                }
                boolean worked = work();
                long now = wallNanos.getAsLong();
                if (store != null && now - sweptAt > SWEEP_NANOS) {
                    sweptAt = now;
                    guarded(store::sweep);
                }
                if (!worked) {
                    idle();
                }
            }
        } finally {
            finish();
        }
    }

    private boolean tryOpen() {
        try {
            store = Store.open(setting, wallNanos);
            unusable = null;
            return true;
        } catch (IOException | RuntimeException | Error e) {
            boolean news = unusable == null;
            unusable = JournalFailure.broken("opening the journal in " + setting.folder() + " failed", e);
            if (news) {
                LOG.error("{}", unusable.getMessage());
            }
            return false;
        } finally {
            tried.countDown();
        }
    }

    /** Writes what waits; false if there was nothing. */
    private boolean work() {
        List<Waiting> written = new ArrayList<>();
        List<Waiting> noRoom = new ArrayList<>();
        Waiting current = null;
        try {
            if (!held.isEmpty()) {
                writeHeld(written);
            }
            for (int i = 0; i < MOST_AT_ONCE && (current = queue.poll()) != null; i++) {
                if (store.append(current.entry)) {
                    written.add(current);
                } else if (current.entry.kind().closes()) {
                    held.add(current);
                } else {
                    noRoom.add(current);
                }
            }
            store.flush();
        } catch (IOException | RuntimeException | Error e) {
            // a fault while writing to a mapping is an InternalError
            lost(e, written, current);
            tell(noRoom, full());
            return true;
        }
        boolean worked = !written.isEmpty() || !noRoom.isEmpty();
        appended.addAndGet(written.size());
        tell(written, null);
        if (!noRoom.isEmpty()) {
            setFull(true);
            refused.addAndGet(noRoom.size());
            tell(noRoom, full());
        }
        return worked;
    }

    private void writeHeld(List<Waiting> written) throws IOException {
        while (!held.isEmpty() && store.append(held.peek().entry)) {
            written.add(held.poll());
        }
    }

    private void idle() {
        if (!held.isEmpty() || full) {
            park(RETRY_NANOS);
            if (full && queue.isEmpty() && !closing) {
                guarded(() -> setFull(!store.hasRoom()));
            }
        } else {
            park(SWEEP_NANOS);
        }
    }

    private void park(long nanos) {
        parked = true;
        // an entry that came between the last look and this store is seen now; one that comes later sees 'parked'
        if (queue.isEmpty() && !closing) {
            LockSupport.parkNanos(this, nanos);
        } else if (store == null && !closing) {
            LockSupport.parkNanos(this, nanos);
        }
        parked = false;
    }

    /** Something that the disk can fail. */
    private interface DiskWork {
        void run() throws IOException;
    }

    private void guarded(DiskWork work) {
        try {
            work.run();
        } catch (IOException | RuntimeException | Error e) {
            lost(e, List.of(), null);
        }
    }

    /** The files can't be written any more: closes them, to be opened anew. */
    private void lost(Throwable why, List<Waiting> written, Waiting current) {
        unusable = JournalFailure.broken("writing the journal in " + setting.folder() + " failed", why);
        LOG.error("{}", unusable.getMessage());
        store.abandon();
        store = null;
        tell(written, unusable);
        if (current != null) {
            tell(List.of(current), unusable);
        }
    }

    private void setFull(boolean is) {
        if (is && !full) {
            LOG.error("{}", full().getMessage());
        } else if (!is && full) {
            LOG.info("the journal in {} has room again", setting.folder());
        }
        full = is;
    }

    private void refuseAll(NucleonException why) {
        for (Waiting one = queue.poll(); one != null; one = queue.poll()) {
            refused.incrementAndGet();
            tell(List.of(one), why);
        }
    }

    private void tell(List<Waiting> those, NucleonException failure) {
        for (Waiting one : those) {
            waitingBytes.addAndGet(-one.bytes);
            try {
                one.receipt.told(failure);
            } catch (RuntimeException e) {
                LOG.error("a receipt of the journal failed", e);
            }
        }
    }

    private void finish() {
        try {
            tell(List.copyOf(held), JournalFailure.closed());
            if (store != null) {
                store.close();
            }
        } finally {
            store = null;
            tried.countDown();
            ended.countDown();
        }
    }

    private NucleonException full() {
        return JournalFailure.full(setting, stats());
    }
}
