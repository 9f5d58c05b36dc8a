package io.nucleon.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.host.WorkerCount;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.Deployment;
import io.nucleon.platform.local.ControlLine.Ask;
import io.nucleon.platform.local.ControlLine.Verb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlLineTest {

    @Test
    void questionsAndAnswersComeBackAsTheyWere() {
        var probe = new Deployment.Probe("/x", "\"body\"\n", Duration.ofSeconds(3));
        Ask ask = new Ask(
                Verb.DEPLOY, "orders", Path.of("/srv/built"), 8080, 0, Duration.ofSeconds(7), Optional.of(probe));
        Ask list = Ask.of(Verb.LIST, "");
        var deployed = new Deployed(
                "orders",
                "error",
                "it ended",
                17,
                3,
                List.of(1, 3),
                "http://127.0.0.1:1",
                "spec: {a: \"b\"}\n",
                2,
                new WorkerCount(2, 2));

        assertThat(Ask.of(ask.toJson())).contains(ask);
        assertThat(Ask.of(list.toJson())).contains(list);
        assertThat(ControlLine.functions(ControlLine.answer(List.of(deployed)))).contains(List.of(deployed));
        assertThat(ask.toJson()).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"verb\":\"FORMAT_DISK\"}", "{\"verb\":7}", "\u0000"})
    void whatIsNoQuestionIsNone(String line) {
        assertThat(Ask.of(line)).isEmpty();
    }
}
