package io.nucleon.tests.failure;

import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LogRecord;
import io.nucleon.loop.EventLoops;
import io.nucleon.runtime.FunctionLog;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.Platform;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerSnapshot;
import io.nucleon.runtime.WorkerTrigger;
import io.nucleon.runtime.process.ProcessRuntimeFactory;
import io.nucleon.worker.PoolListener;
import io.nucleon.worker.PoolSetting;
import io.nucleon.worker.WorkerPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Loops, a pool and real workers, without triggers. Closing it checks that nothing is left: no process, no socket, no file
 * descriptor of a segment.
 */
final class Middle implements AutoCloseable {

    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Language language;
    private final EventLoops loops;
    private final FunctionRuntime runtime;
    private final WorkerPool pool;
    private final Path runFolder;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final ConcurrentLinkedQueue<Counted> replies = new ConcurrentLinkedQueue<>();
    final List<ErrorMessage> losses = new CopyOnWriteArrayList<>();
    final List<String> lines = new CopyOnWriteArrayList<>();
    private final int segmentsBefore = OpenSegments.all().size();

    /** How a middle is set up. */
    record Setup(
            Language language,
            String handler,
            String transport,
            int workers,
            Duration eventTimeout,
            Path interpreter,
            int maxQueuedEvents) {
        /** Python, where it does not matter which language it is. */
        static Setup of(String transport, int workers) {
            return of(new Variant(Language.of("python"), transport), workers);
        }

        static Setup of(Variant variant, int workers) {
            Language language = variant.language();
            int line = PoolSetting.MAX_QUEUED_EVENTS;
            return new Setup(language, language.handler(), variant.transport(), workers, Duration.ZERO, null, line);
        }

        Setup withHandler(String name) {
            return new Setup(language, name, transport, workers, eventTimeout, interpreter, maxQueuedEvents);
        }

        Setup withTimeout(Duration timeout) {
            return new Setup(language, handler, transport, workers, timeout, interpreter, maxQueuedEvents);
        }

        Setup withInterpreter(Path file) {
            return new Setup(language, handler, transport, workers, eventTimeout, file, maxQueuedEvents);
        }

        Setup withLine(int events) {
            return new Setup(language, handler, transport, workers, eventTimeout, interpreter, events);
        }
    }

    /** Starts workers with the language's function {@code faults}. */
    static Middle of(Path folder, Setup setup) throws Exception {
        setup.language().install(folder);
        return new Middle(folder, setup);
    }

    /** Starts Python workers with this handler. */
    Middle(Path folder, String python, Setup setup) throws Exception {
        this(Files.writeString(folder.resolve("main.py"), python).getParent(), setup);
    }

    private Middle(Path folder, Setup setup) {
        language = setup.language();
        runFolder = folder.resolve("run");
        loops = new EventLoops(Math.min(2, setup.workers()));
        RuntimeSetting setting = new RuntimeSetting(
                "faulty",
                "nuclio",
                0,
                "",
                language.runtime(),
                setup.handler(),
                folder,
                Map.of(),
                language.attributes(),
                List.of(TextEvent.SOURCE),
                new WorkerTrigger("http", "http"),
                Platform.LOCAL,
                false,
                1,
                setup.workers(),
                setup.transport(),
                setup.interpreter(),
                setup.eventTimeout(),
                Duration.ofSeconds(2));
        RuntimeServices services = new RuntimeServices(loops, Clock.system(), repository(), runFolder, new Log());
        runtime = new ProcessRuntimeFactory().create(setting, services);
        pool = new WorkerPool(
                new PoolSetting(
                        "faulty", "faulty", setup.workers(), setup.maxQueuedEvents(), PoolSetting.MAX_QUEUED_BYTES),
                runtime,
                Clock.system(),
                (invocation, outcome, status) -> {},
                new Losses());
        pool.start();
        loops.every(10, pool::tick);
    }

    /** Where wrappers/ is. */
    static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("wrappers/python"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    Middle awaitReady() throws Exception {
        ready.get(30, TimeUnit.SECONDS);
        return this;
    }

    Counted send(String path) {
        return send(TextEvent.of(path), WAIT_NANOS);
    }

    Counted send(TextEvent event) {
        return send(event, WAIT_NANOS);
    }

    Counted send(TextEvent event, long waitNanos) {
        Counted reply = new Counted();
        replies.add(reply);
        pool.invoke(event, waitNanos, reply);
        return reply;
    }

    /** For a caller that may go away. */
    Invocation invoke(String path, Counted reply) {
        replies.add(reply);
        return pool.invoke(TextEvent.of(path), WAIT_NANOS, reply);
    }

    WorkerPool pool() {
        return pool;
    }

    WorkerSnapshot worker(int index) {
        return pool.workers().get(index).runtime();
    }

    /** Pids of workers that take events now. */
    List<Long> pids() {
        return pool.workers().stream()
                .map(WorkerPool.WorkerState::runtime)
                .filter(worker -> worker.state().equals("ready"))
                .map(WorkerSnapshot::pid)
                .toList();
    }

    @Override
    public void close() {
        pool.stop(TimeUnit.SECONDS.toNanos(3))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        runtime.close();
        loops.close();
        for (Counted reply : replies) {
            if (reply.calls() > 1) {
                throw new AssertionError("a reply was called " + reply.calls() + " times");
            }
        }
        if (Files.exists(runFolder)) {
            throw new AssertionError("sockets are left in " + runFolder);
        }
        // Chronicle closes a mapping's own descriptor on a thread of its own
        await("descriptors of segments to be closed")
                .atMost(Duration.ofSeconds(5))
                .until(() -> OpenSegments.all().size() <= segmentsBefore);
        // one that was being started as the pool stopped is killed, and then takes the kernel a moment
        await("the end of all wrapper processes")
                .atMost(Duration.ofSeconds(5))
                .until(() -> ProcessHandle.current()
                        .children()
                        .noneMatch(
                                child -> child.info().commandLine().orElse("").contains(language.process())));
    }

    private final class Losses implements PoolListener {
        @Override
        public void ready() {
            ready.complete(null);
        }

        @Override
        public void workerLost(int worker, ErrorMessage why, boolean permanent) {
            losses.add(why);
            if (permanent) {
                ready.completeExceptionally(why.toException());
            }
        }
    }

    private final class Log implements FunctionLog {
        @Override
        public void record(Invocation invocation, LogRecord logged) {
            lines.add(logged.message());
        }

        @Override
        public void line(int worker, boolean error, String line) {
            lines.add(line);
        }
    }
}
