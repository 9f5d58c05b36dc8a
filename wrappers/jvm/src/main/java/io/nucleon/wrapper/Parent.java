package io.nucleon.wrapper;

import java.util.concurrent.locks.LockSupport;

/** The processor, whose end must end this process though a handler never returns. Java can't ask the kernel for that, so a thread looks. */
public record Parent(long pid) implements Runnable {

    private static final long LOOK_NANOS = 500_000_000;

    /** Looks from now on, if the processor says by its own pid that nobody else does. */
    public static void watch(String pid) {
        if (pid != null && !pid.isEmpty()) {
            Threads.beside("nucleon-parent", new Parent(Long.parseLong(pid)));
        }
    }

    @Override
    public void run() {
        while (isOurs()) {
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
        Runtime.getRuntime().halt(0);
    }

    private boolean isOurs() {
        return ProcessHandle.current()
                .parent()
                .filter(parent -> parent.pid() == pid)
                .isPresent();
    }
}
