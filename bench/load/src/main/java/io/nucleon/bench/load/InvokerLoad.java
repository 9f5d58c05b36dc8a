package io.nucleon.bench.load;

import com.sun.management.ThreadMXBean;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LogRecord;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.ResponseView;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.load.ProcessTree;
import io.nucleon.loop.EventLoops;
import io.nucleon.runtime.FunctionLog;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.Platform;
import io.nucleon.runtime.RuntimeFactory;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerTrigger;
import io.nucleon.runtime.process.ProcessRuntimeFactory;
import io.nucleon.runtime.shell.ShellRuntimeFactory;
import io.nucleon.worker.PoolListener;
import io.nucleon.worker.PoolSetting;
import io.nucleon.worker.WorkerPool;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;

/**
 * Drives one worker through the {@code Invoker}, without HTTP: a closed loop of {@code depth} open events. Prints one line of JSON.
 *
 * <p>{@code java … InvokerLoad HOME FUNCTION_DIR HANDLER TRANSPORT BODY_BYTES DEPTH SECONDS [copy|view [RUNTIME [ATTRIBUTE=VALUE…]]]}
 */
public final class InvokerLoad {

    private static final double MICROS = 1e6;
    private static final long WAIT_NANOS = 10_000_000_000L;

    private static final int WARM_TURNS = 8;
    private static final double WARM_COMPILER_SHARE = 0.03;

    private InvokerLoad() {}

    /** Runs one load and ends the process. */
    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        String transport = args[3];
        int bodyBytes = Integer.parseInt(args[4]);
        int depth = Integer.parseInt(args[5]);
        double seconds = Double.parseDouble(args[6]);
        String body = args.length > 7 ? args[7] : "copy";
        String language = args.length > 8 ? args[8] : "python";
        Path folder = Files.createTempDirectory("nb");
        try (EventLoops loops = new EventLoops(1)) {
            TriggerSource source = new TriggerSource(0, "bench", "http", "sync");
            RuntimeSetting setting = new RuntimeSetting(
                    "bench",
                    "nuclio",
                    0,
                    "",
                    language,
                    args[2],
                    Path.of(args[1]).toAbsolutePath(),
                    Map.of(),
                    attributes(body, args),
                    List.of(source),
                    new WorkerTrigger(source.kind(), source.name()),
                    Platform.LOCAL,
                    false,
                    1,
                    1,
                    transport,
                    null,
                    Duration.ZERO,
                    Duration.ofSeconds(10));
            RuntimeServices services = new RuntimeServices(loops, Clock.system(), home, folder, new PrintLog());
            RuntimeFactory factory = language.equals("shell") ? new ShellRuntimeFactory() : new ProcessRuntimeFactory();
            FunctionRuntime runtime = factory.create(setting, services);
            CountDownLatch ready = new CountDownLatch(1);
            WorkerPool pool = new WorkerPool(
                    PoolSetting.of("bench", "bench", 1),
                    runtime,
                    services.clock(),
                    (one, outcome, status) -> {},
                    new Ready(ready));
            pool.start();
            if (!ready.await(30, TimeUnit.SECONDS)) {
                throw new IOException("the worker did not get ready");
            }
            MemoryEvent event = new MemoryEvent(source, bodyBytes);
            warmUp(new Driver(pool, loops, event, depth), Math.max(1.0, seconds / 2));
            long self = ProcessHandle.current().pid();
            Allocation allocation = Allocation.of(loops);
            double before = ProcessTree.cpuSeconds(self);
            double beforeOwn = ProcessTree.ownCpuSeconds(self);
            long allocatedBefore = allocation.bytes();
            Driver driver = new Driver(pool, loops, event, depth);
            double took = recorded(() -> driver.run(seconds));
            double cpu = ProcessTree.cpuSeconds(self) - before;
            double own = ProcessTree.ownCpuSeconds(self) - beforeOwn;
            double allocated = (double) (allocation.bytes() - allocatedBefore) / driver.done;
            System.out.printf(
                    Locale.ROOT,
                    "{\"transport\":\"%s\",\"used\":\"%s\",\"body\":%d,\"mode\":\"%s\",\"depth\":%d,\"events\":%d,\"failed\":%d,"
                            + "\"perSecond\":%.0f,\"cpuMicros\":%.2f,\"processorMicros\":%.2f,\"workerMicros\":%.2f,"
                            + "\"allocatedBytes\":%.1f}%n",
                    transport,
                    pool.workers().get(0).runtime().transport(),
                    bodyBytes,
                    body,
                    depth,
                    driver.done,
                    driver.failed,
                    driver.done / took,
                    cpu * MICROS / driver.done,
                    own * MICROS / driver.done,
                    (cpu - own) * MICROS / driver.done,
                    allocated);
            pool.stop(TimeUnit.SECONDS.toNanos(2)).toCompletableFuture().get(10, TimeUnit.SECONDS);
            runtime.close();
        }
        System.exit(0);
    }

    private static Map<String, Object> attributes(String body, String[] args) {
        Map<String, Object> attributes = new HashMap<>(Map.of("body", body));
        for (int i = 9; i < args.length; i++) {
            String[] pair = args[i].split("=", 2);
            attributes.put(pair[0], pair[1]);
        }
        return attributes;
    }

    /** Until the JIT compilers have done their work, but not for ever. */
    private static void warmUp(Driver driver, double seconds) throws InterruptedException {
        CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        for (int turn = 0; turn < WARM_TURNS; turn++) {
            long before = compilers.getTotalCompilationTime();
            driver.run(seconds);
            if (compilers.getTotalCompilationTime() - before < WARM_COMPILER_SHARE * 1000 * seconds) {
                return;
            }
        }
    }

    /** Runs the load, under a flight recording of its allocations if {@code bench.recording} names a file. */
    private static double recorded(Callable<Double> load) throws Exception {
        String file = System.getProperty("bench.recording", "");
        if (file.isEmpty()) {
            return load.call();
        }
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ObjectAllocationSample").with("throttle", "10000/s");
            recording.start();
            double took = load.call();
            recording.stop();
            recording.dump(Path.of(file));
            return took;
        }
    }

    /** Keeps {@code depth} events open; confined to the loop while it runs. */
    private static final class Driver implements Reply {
        private final WorkerPool pool;
        private final EventLoops loops;
        private final MemoryEvent event;
        private final int depth;
        private CountDownLatch ended;
        private long endNanos;
        private int open;
        private long done;
        private long failed;

        Driver(WorkerPool pool, EventLoops loops, MemoryEvent event, int depth) {
            this.pool = pool;
            this.loops = loops;
            this.event = event;
            this.depth = depth;
        }

        double run(double seconds) throws InterruptedException {
            ended = new CountDownLatch(1);
            long start = Clock.system().nanoTime();
            endNanos = start + (long) (seconds * 1e9);
            loops.loop(0).execute(() -> {
                open = depth;
                for (int i = 0; i < depth; i++) {
                    pool.invoke(event, WAIT_NANOS, this);
                }
            });
            ended.await();
            return (Clock.system().nanoTime() - start) / 1e9;
        }

        private void next() {
            done++;
            if (Clock.system().nanoTime() - endNanos < 0) {
                pool.invoke(event, WAIT_NANOS, this);
            } else if (--open == 0) {
                ended.countDown();
            }
        }

        @Override
        public void respond(Invocation invocation, ResponseView response) {
            if (response.failed()) {
                failed++;
            }
            ByteBuffer body = response.body();
            scratch(body.remaining()).clear().put(body);
            if (!response.more()) {
                next();
            }
        }

        private ByteBuffer scratch = ByteBuffer.allocateDirect(1 << 16);

        private ByteBuffer scratch(int length) {
            if (scratch.capacity() < length) {
                scratch = ByteBuffer.allocateDirect(length);
            }
            return scratch;
        }

        @Override
        public void chunk(Invocation invocation, ByteBuffer part, boolean last, boolean broken) {
            scratch(part.remaining()).clear().put(part);
            if (last) {
                next();
            }
        }

        @Override
        public void fail(Invocation invocation, Failure failure) {
            if (failed++ == 0) {
                System.err.println(failure.error().line());
            }
            next();
        }
    }

    /** What the loop's thread has allocated since its start: exact, unlike samples. */
    private record Allocation(ThreadMXBean threads, long thread) {

        static Allocation of(EventLoops loops) throws InterruptedException, ExecutionException {
            long thread = loops.loop(0)
                    .submit(() -> Thread.currentThread().threadId())
                    .get();
            return new Allocation((ThreadMXBean) ManagementFactory.getThreadMXBean(), thread);
        }

        long bytes() {
            return threads.getThreadAllocatedBytes(thread);
        }
    }

    private record Ready(CountDownLatch latch) implements PoolListener {
        @Override
        public void ready() {
            latch.countDown();
        }

        @Override
        public void workerLost(int worker, ErrorMessage why, boolean permanent) {
            System.err.println(why.line() + why.detail());
        }
    }

    private static final class PrintLog implements FunctionLog {
        @Override
        public void record(Invocation invocation, LogRecord logged) {
            System.err.println(logged.message() + " " + logged.with());
        }

        @Override
        public void line(int worker, boolean error, String line) {
            System.err.println(line);
        }
    }
}
