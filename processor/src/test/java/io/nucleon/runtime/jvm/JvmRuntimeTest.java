package io.nucleon.runtime.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handler is called and its answer comes back, on the right threads. */
class JvmRuntimeTest {

    private static final String ECHO = """
            public class Echo implements EventHandler {
                public Response handleEvent(Context context, Event event) {
                    return new Response().setBody(Thread.currentThread().getName() + " " + new String(event.getBody()));
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void aClassFolderAnswers() {
        Path classes = Sources.compile(folder.resolve("src"), folder.resolve("classes"), "Echo.java", ECHO);
        try (TestFunction function = new TestFunction(new TestFunction.Setting(classes)).awaitReady()) {
            RecordedReply reply = function.send(new TestEvent().body("hello"));

            assertThat(reply.answer().text()).isEqualTo("handler-orders-w0 hello");
            assertThat(reply.answer().status()).isEqualTo(200);
            assertThat(reply.answer().contentType()).isEqualTo("text/plain");
            assertThat(reply.answer().failed()).isFalse();
        }
    }

    @Test
    void aSourceFileAnswers() {
        try (TestFunction function = TestFunction.of(folder, "Echo.java", ECHO)) {
            assertThat(function.send(new TestEvent().body("hello")).answer().text())
                    .isEqualTo("handler-orders-w0 hello");
        }
    }
}
