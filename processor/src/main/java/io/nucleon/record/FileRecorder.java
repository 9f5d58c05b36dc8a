package io.nucleon.record;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EventJson;
import io.nucleon.journal.Secrets;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records events into a file, a line of JSON each, appended; readable by its user alone. One thread of its own writes; events that it is too
 * slow for are counted and left out, since a recording must not hold up what it looks at. Safe for many threads.
 */
public final class FileRecorder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileRecorder.class);

    /** Of bodies that wait for the disk: as the journal. */
    private static final long MOST_WAITING_BYTES = 64L << 20;
    /** An entry beside its bodies. */
    private static final int ENTRY_BYTES = 512;

    private static final Waiting END = new Waiting(null, null, 0);

    private final Path file;
    private final List<String> redact;
    private final BufferedWriter out;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread;

    private record Waiting(Entry entry, Secrets secrets, long bytes) {}

    private FileRecorder(Path file, List<String> redact, BufferedWriter out) {
        this.file = file;
        this.redact = List.copyOf(redact);
        this.out = out;
        this.thread = Threads.start("record-file", this::write);
    }

    /**
     * Begins to record; what the file holds stays.
     *
     * @param redact names of what is masked beside what always is, see {@link Secrets}
     * @throws io.nucleon.error.NucleonException NUC-8006 if it can't be written
     */
    public static FileRecorder open(Path file, List<String> redact) {
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new FileRecorder(
                    file, redact, new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.FILE_UNREADABLE,
                            "--record " + file + " can't be written",
                            e.getClass().getSimpleName() + ": " + e.getMessage(),
                            "see that its folder exists and is yours")
                    .toException(e);
        }
    }

    /** What records the events of a function. */
    public AnswerWatcher of(FunctionJournal journal) {
        Secrets secrets = new Secrets(redact, journal.secrets());
        return (invocation, answer) -> {
            long bytes = ENTRY_BYTES
                    + invocation.event().bodyLength()
                    + (long) answer.body().remaining();
            if (waitingBytes.addAndGet(bytes) > MOST_WAITING_BYTES) {
                waitingBytes.addAndGet(-bytes);
                lost.incrementAndGet();
                return;
            }
            queue.add(new Waiting(journal.captured(invocation, answer), secrets, bytes));
        };
    }

    /** Events that were left out. */
    public long lost() {
        return lost.get();
    }

    private void write() {
        try (out) {
            for (Waiting next = queue.take(); next.entry != null; next = queue.take()) {
                waitingBytes.addAndGet(-next.bytes);
                out.write(EventJson.line(next.entry.masked(next.secrets)));
                out.newLine();
                if (queue.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            LOG.error("recording into {} has ended: {}", file, e.getMessage());
            lost.addAndGet(1 + queue.size());
            waitingBytes.set(MOST_WAITING_BYTES); // takes no more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what waits. */
    @Override
    public void close() {
        queue.add(END);
        try {
            thread.join();
            if (lost.get() > 0) {
                LOG.warn("{} events are not in {}: its disk was too slow or failed", lost.get(), file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
