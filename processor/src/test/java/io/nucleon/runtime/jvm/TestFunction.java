package io.nucleon.runtime.jvm;

import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationIds;
import io.nucleon.invoke.LentEvent;
import io.nucleon.invoke.LogRecord;
import io.nucleon.loop.EventLoops;
import io.nucleon.runtime.FunctionLog;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.Platform;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import io.nucleon.runtime.WorkerTrigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A function with one worker on real loops, and what its worker told. */
final class TestFunction implements AutoCloseable {

    final EventLoops loops = new EventLoops(1);
    final List<Logged> logged = new CopyOnWriteArrayList<>();
    final List<Invocation> freed = new CopyOnWriteArrayList<>();
    final List<Lost> lost = new CopyOnWriteArrayList<>();
    final List<RecordedReply> replies = new ArrayList<>();
    final AtomicInteger readies = new AtomicInteger();
    volatile Runnable whenFreed = () -> {};
    final FunctionRuntime runtime;
    final WorkerRuntime worker;

    record Logged(Invocation invocation, LogRecord record) {}

    record Lost(List<Invocation> notStarted, ErrorMessage why, boolean permanent) {}

    /** What a test may want different. */
    static final class Setting {
        private final Path directory;
        private String handler = "";
        private Duration timeout = Duration.ZERO;
        private final Map<String, Object> attributes = new HashMap<>();
        private final Map<String, String> environment = new HashMap<>();

        Setting(Path directory) {
            this.directory = directory;
        }

        Setting handler(String name) {
            handler = name;
            return this;
        }

        Setting timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        Setting attribute(String key, Object value) {
            attributes.put(key, value);
            return this;
        }

        Setting environment(String key, String value) {
            environment.put(key, value);
            return this;
        }

        RuntimeSetting build() {
            return new RuntimeSetting(
                    "orders",
                    "nuclio",
                    1,
                    "",
                    "java",
                    handler,
                    directory,
                    environment,
                    attributes,
                    List.of(LentEvent.HTTP),
                    new WorkerTrigger("http", "http"),
                    Platform.LOCAL,
                    false,
                    1,
                    1,
                    "auto",
                    null,
                    timeout,
                    Duration.ofSeconds(10));
        }
    }

    TestFunction(Setting setting) {
        RuntimeServices services = new RuntimeServices(loops, Clock.system(), Path.of("."), Path.of("."), new Log());
        runtime = new JvmRuntimeFactory().create(setting.build(), services);
        worker = runtime.open(0, new Listener());
        worker.start();
    }

    /** A function of one source file that is ready. */
    static TestFunction of(Path directory, String file, String source) {
        return new TestFunction(new Setting(Sources.write(directory, file, source))).awaitReady();
    }

    TestFunction awaitReady() {
        await("the worker is ready").atMost(10, TimeUnit.SECONDS).until(() -> readies.get() > 0 || !lost.isEmpty());
        if (readies.get() == 0) {
            throw new AssertionError(lost.toString());
        }
        return this;
    }

    /** Offers the event on the worker's loop. */
    RecordedReply send(LentEvent event) {
        return send(event, new RecordedReply(event));
    }

    RecordedReply send(LentEvent event, RecordedReply reply) {
        offer(invocation(event, reply));
        return reply;
    }

    /** An open invocation that is not offered yet; given at once, as a pool would. */
    Invocation invocation(LentEvent event, RecordedReply reply) {
        replies.add(reply);
        Invocation invocation = new Invocation(event, reply, new InvocationIds(Clock.system()), System.nanoTime(), 0);
        invocation.givenNanos = invocation.arrivedNanos();
        return invocation;
    }

    void offer(Invocation... invocations) {
        worker.owner().execute(() -> {
            for (Invocation invocation : invocations) {
                worker.offer(invocation);
            }
        });
    }

    /** What the worker says when asked on its loop. */
    <T> T onLoop(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, worker.owner()).join();
    }

    /** Waits until the handler has logged that message. */
    void awaitLog(String message) {
        await("the handler logs " + message)
                .atMost(10, TimeUnit.SECONDS)
                .until(() ->
                        logged.stream().anyMatch(line -> line.record().message().equals(message)));
    }

    @Override
    public void close() {
        worker.stop(0).toCompletableFuture().join();
        runtime.close();
        loops.close();
    }

    private final class Listener implements WorkerListener {
        @Override
        public void ready() {
            checkThread();
            readies.incrementAndGet();
        }

        @Override
        public void freed(Invocation invocation) {
            checkThread();
            freed.add(invocation);
            whenFreed.run();
        }

        @Override
        public void handedBack(Invocation invocation) {
            throw new AssertionError("Java handlers don't drain");
        }

        @Override
        public void lost(List<Invocation> notStarted, ErrorMessage why, boolean permanent) {
            checkThread();
            lost.add(new Lost(notStarted, why, permanent));
        }

        private void checkThread() {
            if (!worker.owner().isCurrent()) {
                throw new AssertionError("a listener was called on " + Thread.currentThread());
            }
        }
    }

    private final class Log implements FunctionLog {
        @Override
        public void record(Invocation invocation, LogRecord record) {
            logged.add(new Logged(invocation, record));
        }

        @Override
        public void line(int worker, boolean error, String line) {
            throw new AssertionError("in process nobody reads the output");
        }
    }
}
