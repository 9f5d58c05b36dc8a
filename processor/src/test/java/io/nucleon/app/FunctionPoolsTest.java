package io.nucleon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LogRecord;
import io.nucleon.invoke.PlainEvent;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.ResponseView;
import io.nucleon.loop.EventLoops;
import io.nucleon.runtime.FunctionLog;
import io.nucleon.runtime.Platform;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.spec.ReadOptions;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.worker.PoolListener;
import io.nucleon.worker.WorkerPool;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions of a Java function with two pools, in this process. */
@Timeout(60)
class FunctionPoolsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final String CONFIG = """
            spec:
              runtime: java
              handler: Handler
              triggers:
                web: {kind: http, numWorkers: 2}
                night: {kind: cron, attributes: {interval: 1h}}
            """;

    /** It does what keeps class loaders alive by mistake: a thread's local, a logger, a thread's context. */
    private static final String HANDLER = """
            import io.nuclio.Context;
            import io.nuclio.Event;
            import io.nuclio.EventHandler;
            import io.nuclio.Response;
            import java.lang.ref.WeakReference;

            public class Handler implements EventHandler {
                private static final ThreadLocal<Handler> LOCAL = new ThreadLocal<>();
                public Handler() {
                    System.getProperties().put("test.loader.VERSION", new WeakReference<>(Handler.class.getClassLoader()));
                }
                @Override
                public Response handleEvent(Context context, Event event) {
                    LOCAL.set(this);
                    context.getLogger().info("handling VERSION");
                    return new Response().setBody("VERSION " + Thread.currentThread().getContextClassLoader().equals(Handler.class.getClassLoader()));
                }
            }
            """;

    @TempDir
    private Path folder;

    private EventLoops loops;
    private FunctionPools pools;

    @BeforeEach
    void start() throws IOException {
        loops = new EventLoops(2);
        FunctionLog log = new FunctionLog() {
            @Override
            public void record(Invocation invocation, LogRecord logged) {}

            @Override
            public void line(int worker, boolean error, String line) {}
        };
        Plan plan = version("v1");
        Hosting hosting = new Hosting(Platform.LOCAL, new Runtimes(null), null, log, null, null, EventSetting.USUAL);
        pools = new FunctionPools(
                hosting,
                new RuntimeServices(loops, Clock.system(), Path.of(".."), folder, log),
                Settings.sources(plan),
                (invocation, outcome, status) -> {});
        for (Trigger trigger : plan.triggers()) {
            pools.of(plan, trigger, name -> new Told());
        }
        pools.all().forEach(WorkerPool::start);
        await("workers").atMost(20, TimeUnit.SECONDS).until(pools::isReady);
    }

    @AfterEach
    void stop() {
        pools.stop(0).toCompletableFuture().join();
        loops.close();
        System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("test.loader."));
    }

    private Plan version(String word) throws IOException {
        Files.writeString(folder.resolve("function.yaml"), CONFIG);
        Files.writeString(folder.resolve("Handler.java"), HANDLER.replace("VERSION", word));
        return Plan.ofPath(folder, Overrides.NONE, Map.of(), false, ReadOptions.DEFAULT);
    }

    private List<String> answers() {
        return pools.all().stream().map(FunctionPoolsTest::ask).toList();
    }

    private static String ask(WorkerPool pool) {
        Text reply = new Text();
        pool.invoke(PlainEvent.of(0, 0), SECOND, reply);
        return reply.text.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static WeakReference<?> loader(String word) {
        return (WeakReference<?>) System.getProperties().get("test.loader." + word);
    }

    @Test
    void allPoolsServeTheNextVersionAtOnce() throws Exception {
        assertThat(answers()).containsExactly("v1 true", "v1 true");

        FunctionPools.Replaced replaced = pools.replace(version("v2"), SECOND);

        assertThat(answers()).containsExactly("v2 true", "v2 true");
        assertThat(replaced.workers()).isEqualTo(3);
        assertThat(replaced.lost()).isZero();
    }

    @Test
    void ifOnePoolCannotHaveItNoneServesIt() throws Exception {
        Plan next = version("v2");
        Files.writeString(folder.resolve("Handler.java"), "public class Handler {");

        assertThatThrownBy(() -> pools.replace(next, SECOND))
                .isInstanceOfSatisfying(
                        NucleonException.class,
                        e -> assertThat(e.error().code()).isEqualTo(ErrorCode.SOURCE_INVALID));
        assertThat(answers()).containsExactly("v1 true", "v1 true");
    }

    @Test
    void aConstructorThatThrowsChangesNothing() throws Exception {
        Plan next = version("v2");
        Path file = folder.resolve("Handler.java");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "public Handler() {",
                                "public Handler() { if (true) throw new IllegalStateException(\"no\");"));

        assertThatThrownBy(() -> pools.replace(next, SECOND))
                .isInstanceOfSatisfying(
                        NucleonException.class,
                        e -> assertThat(e.error().code()).isEqualTo(ErrorCode.INIT_FAILED));
        assertThat(answers()).containsExactly("v1 true", "v1 true");
    }

    @Test
    void classesOfVersionsThatAreGoneAreCollected() throws Exception {
        answers();
        for (int i = 2; i <= 6; i++) {
            pools.replace(version("v" + i), SECOND);
            answers();
        }

        for (int i = 1; i <= 5; i++) {
            WeakReference<?> gone = loader("v" + i);
            await("the class loader of v" + i).atMost(20, TimeUnit.SECONDS).until(() -> {
                System.gc();
                return gone.get() == null;
            });
        }
        assertThat(loader("v6").get()).isNotNull();
    }

    private static final class Told implements PoolListener {
        @Override
        public void ready() {}

        @Override
        public void workerLost(int worker, ErrorMessage why, boolean permanent) {}
    }

    private static final class Text implements Reply {
        final CompletableFuture<String> text = new CompletableFuture<>();

        @Override
        public void respond(Invocation invocation, ResponseView response) {
            text.complete(
                    StandardCharsets.UTF_8.decode(response.body().duplicate()).toString());
        }

        @Override
        public void chunk(Invocation invocation, ByteBuffer part, boolean last, boolean failed) {}

        @Override
        public void fail(Invocation invocation, Failure failure) {
            text.complete(failure.error().line());
        }
    }
}
