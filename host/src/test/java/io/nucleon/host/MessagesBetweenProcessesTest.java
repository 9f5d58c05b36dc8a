package io.nucleon.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.MessageText;
import io.nucleon.error.Place;
import io.nucleon.error.Severity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesBetweenProcessesTest {
    private static final ErrorMessage FULL = new ErrorMessage(
                    ErrorCode.HANDLER_MISSING, "what", "why\nmore", List.of("do this", "or that"))
            .at(Place.of("main.py", 3, 7))
            .about("01J9Z7A1")
            .with("a\nb");

    @TempDir
    Path home;

    @Test
    void readsBackWhatAnotherProcessSaid() {
        assertThat(ErrorJson.read(MessageText.json(FULL))).contains(FULL);
        assertThat(ErrorJson.read(MessageText.json(FULL.as(Severity.WARNING)))).contains(FULL.as(Severity.WARNING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"error\":1}",
                "{\"error\":{\"code\":\"NUC-0000\"}}",
                "{\"oops\":{\"code\":\"NUC-4021\"}}"
            })
    void readsNoErrorIntoAnythingElse(String json) {
        assertThat(ErrorJson.read(json)).isEmpty();
    }

    @Test
    void remembersTheLastErrorOnly() {
        LastError last = new LastError(UserFolders.of(Map.of("HOME", home.toString())));
        assertThat(last.recall()).isEmpty();

        last.remember(ErrorMessage.of(ErrorCode.USAGE, "first", "", ""));
        last.remember(FULL);

        assertThat(last.recall()).contains(FULL);
    }

    @Test
    void keepsQuietWhereNothingCanBeRemembered() throws IOException {
        Path blocked = Files.writeString(home.resolve("file"), "");
        LastError last = new LastError(UserFolders.of(Map.of("XDG_STATE_HOME", blocked.toString())));

        last.remember(FULL);

        assertThat(last.recall()).isEmpty();
    }

    @Test
    void saysWhichFunctionsAreReady() {
        ReadyLine line = new ReadyLine(
                List.of(new ReadyLine.Function("orders", URI.create("http://127.0.0.1:41001/orders"))),
                HostUrls.NONE,
                new WorkerCount(2, 2),
                212);

        assertThat(line.toJson())
                .isEqualTo("{\"apiVersion\":\"v1\",\"kind\":\"ready\",\"functions\":[{\"name\":\"orders\","
                        + "\"url\":\"http://127.0.0.1:41001/orders\"}],\"admin\":null,\"health\":null,\"metrics\":null,"
                        + "\"workers\":{\"ready\":2,\"all\":2},\"ms\":212}");
        assertThat(ReadyLine.fromJson(line.toJson())).contains(line);
        assertThat(ReadyLine.fromJson("{\"kind\":\"event\"}")).isEmpty();
        assertThat(ReadyLine.fromJson("starting")).isEmpty();
    }

    @Test
    void saysHowManyWorkersAreReadyUnlessNobodyKnows() {
        WorkerCount count = new WorkerCount(1, 2);

        assertThat(count.text()).isEqualTo("1 of 2 workers ready");
        assertThat(WorkerCount.fromWord(count.toWord())).contains(count);
        assertThat(WorkerCount.fromWord("http://127.0.0.1:8080")).isEmpty();
        assertThat(WorkerCount.fromWord("workers=3/2")).contains(WorkerCount.UNKNOWN);
        assertThat(ReadyLine.fromJson("{\"kind\":\"ready\",\"workers\":{\"ready\":-1,\"all\":1e99}}"))
                .map(ReadyLine::workers)
                .contains(WorkerCount.UNKNOWN);
    }
}
