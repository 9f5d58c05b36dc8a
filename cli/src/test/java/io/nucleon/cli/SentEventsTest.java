package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.host.JsonReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What transcripts with a function that runs, {@code orders}, have in common; its side of the socket is scripted. */
abstract class SentEventsTest {

    @TempDir
    Path home;

    ScriptedControl control;

    @BeforeEach
    void start() throws IOException {
        control = new ScriptedControl("orders", home);
    }

    @AfterEach
    void stop() throws IOException {
        control.close();
    }

    Transcript run(String... words) {
        return Transcript.in(home).run(words);
    }

    /** What the command asked the function for. */
    Map<String, Object> asked() throws InterruptedException {
        String question = control.question();
        assertThat(question).startsWith("send {");
        return JsonReader.object(question.substring("send ".length())).orElseThrow();
    }
}
