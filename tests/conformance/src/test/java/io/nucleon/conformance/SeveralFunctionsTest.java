package io.nucleon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import io.nucleon.support.RawAnswer;
import io.nucleon.support.RawClient;
import io.nucleon.support.TestProcessor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One host with several functions, in Python and Java, out of a folder and a file. */
class SeveralFunctionsTest {

    private static final String PYTHON = """
            import nuclio_sdk

            def handler(context, event):
                if event.path == "/ask":
                    answer = context.platform.call_function(event.fields["whom"], nuclio_sdk.Event(path="/asked"))
                    return answer.body
                return f"{__name__} sees {event.path} of {event.trigger.name}"
            """;

    private static final String JAVA = """
            import io.nuclio.*;

            public class Score implements EventHandler {
                public Response handleEvent(Context context, Event event) {
                    if (event.getPath().equals("/ask")) {
                        return context.getPlatform().callFunction("orders", new FunctionCall().setPath("/asked"));
                    }
                    return new Response().setBody("Score sees " + event.getPath());
                }
            }
            """;

    @TempDir
    private Path folder;

    private TestProcessor host;

    @BeforeEach
    void start() throws IOException {
        Path functions = folder.resolve("functions");
        write(functions.resolve("orders/main.py"), PYTHON);
        write(functions.resolve("node_modules/no/main.py"), "raise ValueError");
        write(functions.resolve("score/Score.java"), JAVA);
        write(functions.resolve("notes/README.md"), "no function");
        Path third = write(folder.resolve("third.py"), PYTHON);
        host = TestProcessor.start(new TestProcessor.Setting(
                "several-functions",
                functions,
                List.of(third.toString()),
                Map.of(
                        "XDG_RUNTIME_DIR",
                        Files.createDirectory(folder.resolve("states")).toString())));
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @AfterEach
    void stop() {
        assertThat(host.stop()).isEmpty();
        host.forgetEvidence();
    }

    @Test
    void eachIsReachedBelowItsNameAndFindsTheOthersByTheirs() throws IOException {
        assertThat(host.address().getPath()).isEqualTo("/orders");
        assertThat(get("/orders/a/b?c=d").text()).isEqualTo("main sees /a/b of default-http");
        assertThat(get("/score").text()).isEqualTo("Score sees /");
        assertThat(get("/third/x").text()).isEqualTo("third sees /x of default-http");

        assertThat(get("/orders/ask?whom=score").text()).isEqualTo("Score sees /asked");
        assertThat(get("/third/ask?whom=score").text()).isEqualTo("Score sees /asked");
        assertThat(get("/score/ask").text()).isEqualTo("main sees /asked of default-http");

        RawAnswer nobody = get("/order");
        assertThat(nobody.status()).isEqualTo(404);
        assertThat(nobody.header("X-Nucleon-Error")).isEqualTo("NUC-8002");
        assertThat(nobody.text()).contains("did you mean 'orders'?");
    }

    @Test
    void eachIsKnownToCommandsWithItsHost() throws IOException {
        String states = folder.resolve("states").toString();
        List<RunState> running =
                new RunStates(UserFolders.of(Map.of("HOME", states, "XDG_RUNTIME_DIR", states))).alive();

        assertThat(running).extracting(RunState::name).containsExactly("orders", "score", "third");
        assertThat(running.get(1).url().orElseThrow().toString()).endsWith("/score");
        assertThat(running.get(1).source())
                .isEqualTo(folder.resolve("functions/score").toRealPath());
        URI health = URI.create(running.get(1).host().health());
        try (RawClient client = new RawClient(health)) {
            RawAnswer ready =
                    client.send("GET /ready HTTP/1.1\r\nHost: here\r\n\r\n").read(false);

            assertThat(ready.status()).isEqualTo(200);
        }
    }

    private RawAnswer get(String target) throws IOException {
        try (RawClient client = host.connect()) {
            return client.send("GET " + target + " HTTP/1.1\r\nHost: here\r\n\r\n")
                    .read(false);
        }
    }
}
