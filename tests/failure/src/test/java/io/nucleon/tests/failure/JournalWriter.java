package io.nucleon.tests.failure;

import io.nucleon.journal.Entry;
import io.nucleon.journal.Journal;
import io.nucleon.journal.JournalSetting;
import io.nucleon.journal.RecordedEvent;
import io.nucleon.journal.Tries;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that appends to a journal as fast as it can until it is killed, and writes to its standard output the number of the last entry
 * whose receipt has been called.
 */
final class JournalWriter {

    static final long MAX_BYTES = 4L << 30;

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int IN_FLIGHT = 20_000;

    private final Semaphore places = new Semaphore(IN_FLIGHT);
    private volatile long acknowledged;

    private JournalWriter() {}

    /** Folder, number of the first entry, whether to sync. */
    public static void main(String[] args) throws IOException, InterruptedException {
        JournalSetting setting = setting(Path.of(args[0]), Boolean.parseBoolean(args[2]));
        new JournalWriter().write(Journal.open(setting, System::nanoTime), Long.parseLong(args[1]));
    }

    static JournalSetting setting(Path folder, boolean sync) {
        return new JournalSetting(folder, MAX_BYTES, Duration.ofDays(365), sync, List.of());
    }

    private void write(Journal journal, long first) throws InterruptedException {
        Thread.ofPlatform().daemon().start(this::report);
        for (long number = first; ; number++) {
            places.acquire();
            long mine = number;
            journal.append(entry(number), failure -> {
                if (failure != null) {
                    failure.printStackTrace();
                    Runtime.getRuntime().halt(3);
                }
                acknowledged = mine;
                places.release();
            });
        }
    }

    private void report() {
        DataOutputStream out = new DataOutputStream(System.out);
        long told = 0;
        try {
            while (true) {
                long now = acknowledged;
                if (now > told) {
                    out.writeLong(now);
                    out.flush();
                    told = now;
                }
                LockSupport.parkNanos(20_000);
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(4);
        }
    }

    /** Of eight entries, one begins something that is never done and one something that the next ends. */
    static Entry entry(long number) {
        return switch ((int) (number % 8)) {
            case 0 -> Entry.pending(id(number), number, "f", event(number), Tries.NONE);
            case 1 -> Entry.accepted(id(number), number, "f", event(number));
            case 2 -> Entry.resolved(id(number - 1), number, "f", "done");
            default -> Entry.deadLetter(id(number), number, "f", event(number), Tries.NONE);
        };
    }

    /** Whether an entry is of an event that nothing ends, if what comes up to {@code last} was written. */
    static boolean isLiving(long number, long last) {
        int place = (int) (number % 8);
        return place != 2 && (place != 1 || number == last);
    }

    static RecordedEvent event(long number) {
        return event(number, (int) (number % 509));
    }

    static RecordedEvent event(long number, int bodyBytes) {
        byte[] body = new byte[bodyBytes];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) (number + i);
        }
        return new RecordedEvent(
                "t",
                "nats",
                "async",
                number,
                "",
                "path",
                "",
                "",
                "",
                -1,
                0,
                List.of(),
                List.of("n", "v"),
                ByteBuffer.wrap(body),
                false);
    }

    static String id(long number) {
        char[] text = "0".repeat(26).toCharArray();
        long rest = number;
        for (int i = 25; rest != 0; i--) {
            text[i] = DIGITS.charAt((int) rest & 31);
            rest >>>= 5;
        }
        return new String(text);
    }

    /** The number that an id was made of. */
    static long number(String id) {
        long number = 0;
        for (int i = 0; i < id.length(); i++) {
            number = (number << 5) | DIGITS.indexOf(id.charAt(i));
        }
        return number;
    }
}
