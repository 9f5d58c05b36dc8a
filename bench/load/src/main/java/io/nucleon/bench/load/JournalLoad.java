package io.nucleon.bench.load;

import io.nucleon.journal.Entry;
import io.nucleon.journal.Journal;
import io.nucleon.journal.JournalSetting;
import io.nucleon.journal.RecordedAnswer;
import io.nucleon.journal.RecordedEvent;
import io.nucleon.journal.SecretValues;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * What an entry of the journal costs: wall time an entry at full speed, and CPU time of the journal's thread.
 *
 * <pre>JournalLoad FOLDER [BODY_BYTES [ENTRIES [sync|secrets]]]</pre>
 *
 * <p>{@code secrets}: three values are looked for in each entry.
 */
final class JournalLoad {

    private static final int ROUNDS = 5;
    private static final int IN_FLIGHT = 20_000;
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private JournalLoad() {}

    /** Runs it. */
    public static void main(String[] args) throws InterruptedException {
        Path folder = Path.of(args[0]);
        int bodyBytes = args.length > 1 ? Integer.parseInt(args[1]) : 256;
        int entries = args.length > 2 ? Integer.parseInt(args[2]) : 1_000_000;
        boolean sync = args.length > 3 && args[3].equals("sync");
        boolean secrets = args.length > 3 && args[3].equals("secrets");
        JournalSetting setting = new JournalSetting(folder, 4L << 30, Duration.ofHours(1), sync, List.of())
                .with(
                        secrets
                                ? SecretValues.of(List.of("swordfish", "hunter2-again", "tok/9f8e7d6c"))
                                : SecretValues.NONE);
        try (Journal journal = Journal.open(setting, System::nanoTime)) {
            for (int round = 0; round < ROUNDS; round++) {
                round(journal, bodyBytes, entries, (long) round * entries);
            }
        }
    }

    private static void round(Journal journal, int bodyBytes, int entries, long first) throws InterruptedException {
        List<Entry> made = new ArrayList<>();
        for (int i = 0; i < IN_FLIGHT; i++) {
            made.add(entry(bodyBytes, first + i));
        }
        Semaphore places = new Semaphore(IN_FLIGHT);
        long cpu = journalCpuNanos();
        long start = System.nanoTime();
        for (int i = 0; i < entries; i++) {
            places.acquire();
            journal.append(made.get(i % IN_FLIGHT), failure -> places.release());
        }
        places.acquire(IN_FLIGHT);
        long wall = System.nanoTime() - start;
        System.out.printf(
                "%d B: %.2f µs an entry, %.2f µs CPU of the journal's thread, %d MiB in %d segments%n",
                bodyBytes,
                wall / 1e3 / entries,
                (journalCpuNanos() - cpu) / 1e3 / entries,
                journal.stats().bytes() >> 20,
                journal.stats().segments());
    }

    private static long journalCpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().equals("journal")) {
                return threads.getThreadCpuTime(info.getThreadId());
            }
        }
        return 0;
    }

    private static ByteBuffer text(int bytes) {
        ByteBuffer text = ByteBuffer.allocate(bytes);
        while (text.hasRemaining()) {
            text.put((byte) "the quick brown fox jumps over the lazy dog ".charAt(text.position() % 44));
        }
        return text.flip();
    }

    private static Entry entry(int bodyBytes, long number) {
        char[] id = "0".repeat(26).toCharArray();
        long rest = number;
        for (int i = 25; rest != 0; i--) {
            id[i] = DIGITS.charAt((int) rest & 31);
            rest >>>= 5;
        }
        RecordedEvent event = new RecordedEvent(
                "orders",
                "nats",
                "async",
                number,
                "",
                "orders",
                "",
                "",
                "",
                -1,
                0,
                List.of(),
                List.of(),
                text(bodyBytes),
                false);
        return Entry.captured(
                new String(id),
                System.nanoTime(),
                "bench",
                event,
                new RecordedAnswer("failed", 500, "", List.of(), ByteBuffer.allocate(0), 0, "", ""));
    }
}
