package io.nucleon.runtime.shell;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A function with one worker on a real loop that starts real processes, and what its worker told. */
final class TestShell implements AutoCloseable {

    /** Where wrappers/ is; Maven starts tests in the module's folder. */
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    final EventLoops loops = new EventLoops(1);
    final List<Invocation> freed = new CopyOnWriteArrayList<>();
    final List<Lost> lost = new CopyOnWriteArrayList<>();
    final List<String> lines = new CopyOnWriteArrayList<>();
    final AtomicInteger readies = new AtomicInteger();
    final FunctionRuntime runtime;
    final WorkerRuntime worker;

    record Lost(List<Invocation> notStarted, ErrorMessage why, boolean permanent) {}

    /** What a test may want different. */
    static final class Setting {
        private final Path directory;
        private final String handler;
        private Duration timeout = Duration.ZERO;
        private final Map<String, Object> attributes = new HashMap<>();
        private Map<String, String> environment = Map.of();

        Setting(Path directory, String handler) {
            this.directory = directory;
            this.handler = handler;
        }

        Setting timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        Setting attribute(String key, Object value) {
            attributes.put(key, value);
            return this;
        }

        Setting environment(Map<String, String> variables) {
            environment = variables;
            return this;
        }

        RuntimeSetting build() {
            return new RuntimeSetting(
                    "orders",
                    "nuclio",
                    1,
                    "",
                    "shell",
                    handler,
                    directory,
                    environment,
                    attributes,
                    List.of(LentEvent.HTTP),
                    new WorkerTrigger("http", "default-http"),
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

    TestShell(Setting setting) {
        RuntimeServices services = new RuntimeServices(loops, Clock.system(), HOME, Path.of("."), new Log());
        runtime = new ShellRuntimeFactory().create(setting.build(), services);
        worker = runtime.open(0, new Listener());
        worker.start();
        await("the worker is ready").atMost(10, TimeUnit.SECONDS).until(() -> readies.get() > 0);
    }

    /** A function of one script, with that line before its text. */
    static Setting of(Path folder, String text) {
        try {
            Files.writeString(folder.resolve("main.sh"), "#!/bin/sh\n" + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Setting(folder, "main.sh");
    }

    RecordedReply send(LentEvent event) {
        RecordedReply reply = new RecordedReply(event);
        offer(invocation(event, reply));
        return reply;
    }

    /** An open invocation that is not offered yet. */
    Invocation invocation(LentEvent event, RecordedReply reply) {
        return new Invocation(event, reply, new InvocationIds(Clock.system()), System.nanoTime(), 0);
    }

    void offer(Invocation... invocations) {
        worker.owner().execute(() -> {
            for (Invocation invocation : invocations) {
                invocation.givenNanos = System.nanoTime();
                worker.offer(invocation);
            }
        });
    }

    void awaitFreed(int count) {
        await("places are free").atMost(20, TimeUnit.SECONDS).until(() -> freed.size() == count);
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
            readies.incrementAndGet();
        }

        @Override
        public void freed(Invocation invocation) {
            if (!worker.owner().isCurrent()) {
                throw new AssertionError("a listener was called on " + Thread.currentThread());
            }
            freed.add(invocation);
        }

        @Override
        public void handedBack(Invocation invocation) {
            throw new AssertionError("shell handlers don't drain");
        }

        @Override
        public void lost(List<Invocation> notStarted, ErrorMessage why, boolean permanent) {
            lost.add(new Lost(notStarted, why, permanent));
        }
    }

    private final class Log implements FunctionLog {
        @Override
        public void record(Invocation invocation, LogRecord logged) {
            lines.add(logged.message());
        }

        @Override
        public void line(int index, boolean error, String line) {
            lines.add(line);
        }
    }
}
