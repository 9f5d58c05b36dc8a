package io.nucleon.wrapper.handler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nuclio.testing.TestContext;
import io.nuclio.testing.TestEvent;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a handler sees of its process, and that its code goes away. */
class HandlerClassLoaderTest {

    private static final String LOOKER = """
            import io.nuclio.*;
            public class Looker implements EventHandler {
                static int calls;
                public Response handleEvent(Context context, Event event) {
                    calls++;
                    String name = event.getHeaderString("Look-For");
                    try {
                        return new Response().setBody(calls + " " + Class.forName(name).getName());
                    } catch (ClassNotFoundException e) {
                        return new Response().setBody("unseen");
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() {
        UserCode.source(folder, "Looker.java", LOOKER);
    }

    private static String look(LoadedHandler loaded, String name) {
        Answer answer = new Answer();
        answer.run(
                loaded.newInstance(),
                new TestContext(),
                TestEvent.get("/").header("Look-For", name).build());
        return new String(answer.body(), UTF_8);
    }

    @Test
    void hidesTheProcessAndShowsTheJdkAndTheSdk() {
        try (LoadedHandler loaded = HandlerLoader.load(folder, "Looker")) {
            assertThat(look(loaded, "io.nucleon.error.ErrorCode")).isEqualTo("unseen");
            assertThat(look(loaded, "io.nucleon.wrapper.handler.Answer")).isEqualTo("unseen");
            assertThat(look(loaded, "org.junit.jupiter.api.Test")).isEqualTo("unseen");
            assertThat(look(loaded, "io.nuclio.Event")).endsWith("io.nuclio.Event");
            assertThat(look(loaded, "java.sql.Connection")).endsWith("java.sql.Connection");
            assertThat(look(loaded, "com.sun.source.tree.Tree")).endsWith("com.sun.source.tree.Tree");
        }
    }

    @Test
    void keepsTwoVersionsApart() {
        try (LoadedHandler one = HandlerLoader.load(folder, "");
                LoadedHandler two = HandlerLoader.load(folder, "")) {
            assertThat(look(one, "java.lang.String")).isEqualTo("1 java.lang.String");
            assertThat(look(one, "java.lang.String")).isEqualTo("2 java.lang.String");
            assertThat(look(two, "java.lang.String")).isEqualTo("1 java.lang.String");
        }
    }

    @Test
    void isCollectedOnceClosedAndUnused() {
        WeakReference<ClassLoader> loader = loadUseAndClose();

        await("the class loader is unloaded").atMost(20, TimeUnit.SECONDS).until(() -> {
            System.gc();
            return loader.refersTo(null);
        });
    }

    private WeakReference<ClassLoader> loadUseAndClose() {
        try (LoadedHandler loaded = HandlerLoader.load(folder, "")) {
            look(loaded, "io.nuclio.Event");
            return new WeakReference<>(loaded.classLoader());
        }
    }
}
