package io.nucleon.app;

import io.nucleon.runtime.WorkerSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Lets a debugger come to a function's worker, and to the one that takes its place. Safe for many threads. */
final class Inspection implements AutoCloseable {

    /** An interpreter loads its debugger's half in less, on a busy machine too. */
    private static final long OPEN_SECONDS = 10;

    private static final long LOOK_MILLIS = 20;

    private final HostedFunction function;
    private final CountDownLatch closed = new CountDownLatch(1);
    private long openedPid = -1;

    Inspection(HostedFunction function) {
        this.function = function;
    }

    /** Opens the port of the worker that serves now, unless it is open; a line about it. Waits until it is. */
    synchronized String open() throws InterruptedException {
        Plan plan = function.plan();
        Debugger debugger = Debugger.of(plan);
        String address = debugger.address(plan.overrides().inspect());
        long pid =
                function.workers().stream().findFirst().map(WorkerSnapshot::pid).orElse(-1L);
        boolean open = pid == openedPid
                || (debugger.open(pid) && listens(debugger.port(plan.overrides().inspect())));
        if (open) {
            openedPid = pid;
            return address;
        }
        return debugger.otherwise(pid);
    }

    private boolean listens(int port) throws InterruptedException {
        for (long left = TimeUnit.SECONDS.toMillis(OPEN_SECONDS) / LOOK_MILLIS; left > 0; left--) {
            if (isListenedAt(port)) {
                return true;
            }
            if (closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }

    /** As the kernel tells: a connection would be taken for a debugger's. */
    private static boolean isListenedAt(int port) {
        String listens = String.format(Locale.ROOT, ":%04X 0", port);
        for (String table : List.of("tcp", "tcp6")) {
            try (Stream<String> sockets = Files.lines(Path.of("/proc/self/net", table))) {
                if (sockets.anyMatch(socket -> socket.contains(listens) && socket.contains(" 0A "))) {
                    return true;
                }
            } catch (IOException e) {
                // no such protocol here
            }
        }
        return false;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
