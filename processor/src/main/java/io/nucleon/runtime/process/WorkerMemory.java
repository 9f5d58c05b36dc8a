package io.nucleon.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is known of a worker's memory, so that its end can be told apart: killed by the kernel for want of memory, or by anybody else's
 * SIGKILL. Safe for many threads.
 *
 * <p>The kernel counts a kill before it sends the signal, so a counter that has grown when the process is gone names the cause. It is read
 * anew with each {@link #look()}. A large process takes its time from the signal to its end, and a look may fall between: what was killed
 * since the look before the last, two seconds ago at most, is taken for the worker.
 */
final class WorkerMemory {

    private static final int KILLED = 128 + 9;
    /** The most that it has held in memory at once; the kernel counts in kB. */
    private static final String MOST_HELD = "VmHWM:";

    private final long pid;
    private final MemoryGroup group;
    private final OomKills kills;
    private volatile long heldBytes;
    private volatile long killedBefore;
    private volatile long killedLately;

    WorkerMemory(long pid, OomKills kills) {
        this(pid, MemoryGroup.of(pid), kills);
    }

    WorkerMemory(long pid, MemoryGroup group, OomKills kills) {
        this.pid = pid;
        this.group = group;
        this.kills = kills;
        this.killedBefore = group.killed();
        this.killedLately = killedBefore;
        // what it holds is not looked at yet: until it runs its own program the kernel shows the processor's memory for
        // it
    }

    /**
     * How a worker that ran out of memory stood.
     *
     * @param heldBytes the most until it was last looked at, 0 if it never was
     * @param limitBytes of its control group, {@link MemoryGroup#UNLIMITED} if it had none
     */
    record Shortage(long heldBytes, long limitBytes) {}

    /** Notes what it holds now. Reads small files of the kernel's. */
    void look() {
        killedBefore = killedLately;
        killedLately = group.killed();
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith(MOST_HELD)) {
                    heldBytes = Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                }
            }
        } catch (IOException | NumberFormatException e) {
            // it has ended, or is about to
        }
    }

    /** Why it ended with that status; null if memory was not it. Asked once. */
    Shortage shortage(int exit) {
        return exit == KILLED && kills.claim(group, killedBefore) ? now() : null;
    }

    /** Its last figures. */
    Shortage now() {
        return new Shortage(heldBytes, group.limitBytes());
    }
}
