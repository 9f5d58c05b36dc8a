package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.EventKeeper;
import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.RecordingInvoker;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.journal.EntryKind;
import io.nucleon.journal.JournalReader;
import io.nucleon.journal.JournalSetting;
import io.nucleon.journal.Stored;
import io.nucleon.record.AsyncCalls;
import io.nucleon.record.FunctionJournal;
import io.nucleon.record.KeepingInvoker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are answered later, with a real journal. */
class AsyncRequestTest {

    private static final TriggerSource SOURCE = new TriggerSource(0, "test-http", "http", "sync");
    private static final String ASYNC = "X-Nucleon-Async: true";

    @TempDir
    private Path folder;

    private RecordingInvoker invoker = RecordingInvoker.holding();
    private FunctionJournal journal;
    private AsyncCalls calls;

    @BeforeEach
    void openJournal() {
        journal = FunctionJournal.open(
                "f", new JournalSetting(folder, 1 << 30, Duration.ofDays(1), false, List.of()), Clock.system());
        journal.begin();
        calls = journal.calls(SOURCE, invoker, 1_000_000_000L, 2);
    }

    @AfterEach
    void closeJournal() {
        journal.close();
    }

    private Invoker keeping() {
        return new KeepingInvoker(invoker, calls);
    }

    private static String call(RawClient client, String body) throws IOException {
        RawClient.Answer taken =
                client.post("/path?q=1", body, ASYNC, "X-Own: v").read();
        assertThat(taken.status()).isEqualTo(202);
        assertThat(taken.header("X-Nucleon-State")).isEqualTo("accepted");
        String id = taken.header("X-Nucleon-Event");
        assertThat(taken.header("Location")).isEqualTo("/__internal/invocations/" + id);
        assertThat(taken.text()).isEqualTo("{\"id\":\"" + id + "\",\"state\":\"accepted\"}\n");
        return id;
    }

    @Test
    void answersAtOnceAndTellsTheAnswerWhenItIsThere() throws Exception {
        try (TestServer server = TestServer.start(keeping());
                RawClient client = server.connect()) {
            String id = call(client, "body");
            Invocation running = invoker.take();
            assertThat(running.id()).isEqualTo(id);
            assertThat(invoker.events().getFirst().bodyText()).isEqualTo("body");
            assertThat(running.event().path()).isEqualTo("/path");
            assertThat(running.event().query()).isEqualTo("q=1");
            assertThat(running.event().header("x-own")).isEqualTo("v");

            RawClient.Answer state = client.get("/__internal/invocations/" + id).read();
            assertThat(state.status()).isEqualTo(202);
            assertThat(state.header("X-Nucleon-State")).isEqualTo("running");

            RecordingInvoker.answer(
                    running,
                    GivenResponse.of("made").withStatus(201).withType("text/x").withHeaders("X-Of-Handler", "1"));
            RawClient.Answer answer = awaitAnswer(client, id);
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.text()).isEqualTo("made");
            assertThat(answer.header("Content-Type")).isEqualTo("text/x");
            assertThat(answer.header("X-Of-Handler")).isEqualTo("1");
            assertThat(answer.header("X-Nucleon-State")).isEqualTo("answered");
        }
    }

    private static RawClient.Answer awaitAnswer(RawClient client, String id) {
        return await("the answer")
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> client.get("/__internal/invocations/" + id).read(),
                        answer -> "answered".equals(answer.header("X-Nucleon-State")));
    }

    @Test
    void giveOnlyAFewAtOnceToTheWorkersAndKeepTheirOrder() throws Exception {
        try (TestServer server = TestServer.start(keeping());
                RawClient client = server.connect()) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                ids.add(call(client, "body " + i));
            }
            for (int i = 0; i < 6; i++) {
                Invocation next = invoker.take();
                assertThat(next.id()).isEqualTo(ids.get(i));
                assertThat(invoker.openCount()).isLessThanOrEqualTo(1);
                RecordingInvoker.answer(next, GivenResponse.of("done " + i));
            }
            assertThat(awaitAnswer(client, ids.get(5)).text()).isEqualTo("done 5");
        }
    }

    @Test
    void goOnInTheNextProcessor() throws Exception {
        String first;
        String second;
        try (TestServer server = TestServer.start(keeping());
                RawClient client = server.connect()) {
            first = call(client, "one");
            RecordingInvoker.answer(invoker.take(), GivenResponse.of("answered before"));
            awaitAnswer(client, first);
            second = call(client, "two");
            invoker.take();
        }
        journal.close();

        invoker = RecordingInvoker.holding();
        openJournal();
        calls.start();
        try (TestServer server = TestServer.start(keeping());
                RawClient client = server.connect()) {
            Invocation again = invoker.take();
            assertThat(again.id()).isEqualTo(second);
            assertThat(invoker.events().getFirst().bodyText()).isEqualTo("two");
            RecordingInvoker.answer(again, GivenResponse.of("answered now"));

            assertThat(awaitAnswer(client, second).text()).isEqualTo("answered now");
            assertThat(awaitAnswer(client, first).text()).isEqualTo("answered before");
            assertThat(invoker.events()).hasSize(1);
        }
    }

    @Test
    void whatAHandlerRaisedIsTheAnswerAndTheEventIsKept() throws Exception {
        try (TestServer server = TestServer.start(keeping());
                RawClient client = server.connect()) {
            String id = call(client, "x");
            RecordingInvoker.answer(
                    invoker.take(),
                    GivenResponse.of("Traceback")
                            .withStatus(500)
                            .asFailed()
                            .withExtra("error", "KeyError", "at", "main.py:21", "message", "'price'"));

            RawClient.Answer answer = awaitAnswer(client, id);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("X-Nucleon-Error")).isEqualTo("NUC-4030");
        }
    }

    @Test
    void aFailedPlainCallIsKeptWithItsSecretsMasked() throws Exception {
        try (TestServer server = TestServer.start(keeping());
                RawClient client = server.connect()) {
            client.post("/pay", "{}", "Authorization: Bearer secret");
            Invocation running = invoker.take();
            RecordingInvoker.answer(
                    running, GivenResponse.of("no").withStatus(500).asFailed());
            assertThat(client.read().status()).isEqualTo(500);

            List<Stored> found = await("the failed event")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> JournalReader.of(folder).find(running.id()), list -> !list.isEmpty());
            assertThat(found).singleElement().satisfies(one -> {
                assertThat(one.entry().kind()).isEqualTo(EntryKind.CAPTURED);
                assertThat(one.entry().event().orElseThrow().header("Authorization"))
                        .contains("****");
                assertThat(one.entry().event().orElseThrow().path()).isEqualTo("/pay");
            });
        }
    }

    @Test
    void saysWhatIsUnknown() throws Exception {
        try (TestServer server = TestServer.start(keeping());
                RawClient client = server.connect()) {
            for (String id : List.of("01J9Z7A10000XK4Q8ZT3M5N7PV", "nonsense", "")) {
                RawClient.Answer answer =
                        client.get("/__internal/invocations/" + id).read();
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.header("X-Nucleon-Error")).isEqualTo("NUC-3021");
            }
        }
    }

    @Test
    void isRefusedWithoutAJournal() throws Exception {
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            RawClient.Answer answer = client.post("/", "x", ASYNC).read();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("X-Nucleon-Error")).isEqualTo("NUC-3022");
        }
    }

    @Test
    void aFullJournalIs507() throws Exception {
        EventKeeper full = new EventKeeper() {
            @Override
            public void accept(io.nucleon.invoke.Event event, Acceptance acceptance) {
                acceptance.refused(io.nucleon.error.ErrorMessage.of(
                        io.nucleon.error.ErrorCode.JOURNAL_FULL, "the journal has no room", "", ""));
            }

            @Override
            public void look(String id, java.util.function.Consumer<Call> told) {
                told.accept(Call.UNKNOWN);
            }

            @Override
            public void failed(
                    Invocation invocation, io.nucleon.invoke.ResponseView answer, io.nucleon.invoke.Failure failure) {
                throw new AssertionError("nothing failed");
            }
        };
        try (TestServer server = TestServer.start(new KeepingInvoker(invoker, full));
                RawClient client = server.connect()) {
            RawClient.Answer answer = client.post("/", "x", ASYNC).read();
            assertThat(answer.status()).isEqualTo(507);
            assertThat(answer.header("X-Nucleon-Error")).isEqualTo("NUC-3020");
        }
    }

    @Test
    void otherValuesOfTheHeaderAreTheFunctionsOwn() throws Exception {
        try (TestServer server = TestServer.start(keeping());
                RawClient client = server.connect()) {
            client.post("/", "x", "X-Nucleon-Async: false");
            RecordingInvoker.answer(invoker.take(), GivenResponse.of("at once"));
            assertThat(client.read().text()).isEqualTo("at once");
        }
    }
}
