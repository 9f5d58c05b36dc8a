package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.os.Signals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asynchronous calls outlive a processor that is killed: what was accepted is run and answered by the next one. */
class AsyncKilledTest {

    private static final int CALLS = 20;

    private static final String HANDLER = """
            import os
            def handler(context, event):
                with open('ledger', 'a') as ledger:
                    ledger.write(event.body.decode() + '\\n')
                if os.path.exists('hold') and event.body != b'0':
                    open('hold').close()  # a pipe that nobody writes to
                return 'done ' + event.body.decode()
            """;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void whatWasAcceptedIsRunByTheNextProcessor() throws Exception {
        Files.writeString(folder.resolve("main.py"), HANDLER);
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("hold").toString())
                        .start()
                        .waitFor())
                .isZero();
        List<String> places = new ArrayList<>();
        try (Processor processor = start()) {
            URI base = processor.awaitReady();
            for (int i = 0; i < CALLS; i++) {
                HttpResponse<String> taken = client.send(
                        HttpRequest.newBuilder(base)
                                .header("X-Nucleon-Async", "true")
                                .POST(HttpRequest.BodyPublishers.ofString(Integer.toString(i)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(taken.statusCode())
                        .as(taken.body() + processor.errors())
                        .isEqualTo(202);
                places.add(taken.headers().firstValue("Location").orElseThrow());
            }
            awaitAnswer(base, places.getFirst(), "done 0");
            await("the second to run").until(() -> ledger().contains("1"));

            Signals.toProcess(processor.pid(), Signals.KILL);
            processor.awaitExit();
        }
        Files.delete(folder.resolve("hold"));

        try (Processor processor = start()) {
            URI base = processor.awaitReady();
            for (int i = 0; i < CALLS; i++) {
                awaitAnswer(base, places.get(i), "done " + i);
            }
        }
        List<String> ledger = ledger();
        assertThat(ledger).as("an answered call is not run again").containsOnlyOnce("0");
        for (int i = 1; i < CALLS; i++) {
            assertThat(ledger).contains(Integer.toString(i));
        }
        assertThat(ledger.size()).as("only what was running is run twice").isBetween(CALLS, CALLS + 1);
    }

    private Processor start() throws Exception {
        return new Processor(folder, List.of(), List.of(), List.of("-o", "json"));
    }

    private List<String> ledger() throws Exception {
        return Files.exists(folder.resolve("ledger")) ? Files.readAllLines(folder.resolve("ledger")) : List.of();
    }

    private void awaitAnswer(URI base, String place, String answer) {
        await("the answer at " + place)
                .atMost(Duration.ofSeconds(30))
                .until(() -> Processor.get(client, base, place).join().body(), answer::equals);
    }
}
