package io.nucleon.triggertest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.host.ReadyLine;
import io.nucleon.host.UserFolders;
import io.nucleon.journal.EntryKind;
import io.nucleon.journal.JournalReader;
import io.nucleon.support.SourceTree;
import io.nucleon.support.TestProcessor;
import io.nucleon.support.broker.KafkaBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the journal is full, a small one mounted for the purpose: dead letters find no place, so nothing of them is acked and their
 * source rests; asynchronous calls are refused; once there is room all of it is done.
 */
@Timeout(300)
class FullDiskTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int POISON = 5;
    private static final int BEHIND = 40;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Path disk;
    private KafkaBroker broker;
    private Source source;
    private TestProcessor processor;
    private Ledger ledger;
    private int numbers;

    @BeforeEach
    void mount() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("only root can mount a disk")
                .isEqualTo("root");
        disk = Files.createDirectory(folder.resolve("disk"));
        command("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
        broker = new KafkaBroker(Map.of()).start();
        source = new KafkaSource(broker, "orders");
        ledger = new Ledger(Files.createFile(folder.resolve("ledger")));
    }

    @AfterEach
    void unmount() throws Exception {
        if (processor != null) {
            processor.close();
        }
        if (source != null) {
            source.close();
        }
        if (broker != null) {
            broker.close();
        }
        if (disk != null) {
            command("umount", "--lazy", disk.toString());
        }
    }

    private static void command(String... words) throws Exception {
        Process process = new ProcessBuilder(words).inheritIO().start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS))
                .as(String.join(" ", words))
                .isTrue();
        assertThat(process.exitValue()).as(String.join(" ", words)).isZero();
    }

    private void start() throws IOException {
        Path function = Files.createDirectories(folder.resolve("fn"));
        Files.copy(SourceTree.top().resolve("tests/functions/python/ledger/ledger.py"), function.resolve("ledger.py"));
        Files.writeString(
                function.resolve("function.yaml"),
                "metadata: {name: ledger}\nspec:\n  runtime: python\n  handler: ledger:handler\n  triggers:\n"
                        + "    http: {kind: http}\n    source:\n"
                        + (source.trigger() + "\nretry: {maxAttempts: 1}\n").indent(6));
        Map<String, String> environment = new HashMap<>();
        environment.put("LEDGER", ledger.file().toString());
        environment.put("XDG_STATE_HOME", disk.toString());
        processor =
                TestProcessor.start(new TestProcessor.Setting("trigger-full-disk", function, List.of(), environment));
    }

    private HttpResponse<String> call(String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(processor.address())
                        .header("X-Nucleon-Async", "true")
                        .timeout(SOON)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Every block of the disk but those that the journal has. */
    private void fillDisk() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(disk.resolve("ballast"))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /** Calls, ever smaller ones, until even the smallest is refused; how many were accepted. */
    private List<String> fillJournal() throws Exception {
        List<String> accepted = new ArrayList<>();
        for (int padding : new int[] {64 << 10, 4 << 10, 0}) {
            HttpResponse<String> answer = null;
            for (int i = 0; i < 4_000 && (answer == null || answer.statusCode() == 202); i++) {
                String name = "a" + numbers++;
                answer = call(name + ":ok" + " ".repeat(padding));
                if (answer.statusCode() == 202) {
                    accepted.add(name);
                }
            }
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
            assertThat(answer.headers().firstValue("X-Nucleon-Error").orElse(""))
                    .contains("NUC-3020");
        }
        return accepted;
    }

    /** How often a dead letter has found no place. Log lines of one cause are one line a minute. */
    private long refusals() throws Exception {
        return metric("delivery_dead_letters_refused_total");
    }

    /** The sum of its samples. */
    private long metric(String name) throws Exception {
        String host = processor.out().stream()
                .map(ReadyLine::fromJson)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow()
                .host()
                .metrics();
        HttpResponse<String> page = client.send(
                HttpRequest.newBuilder(URI.create(host + "/metrics"))
                        .timeout(SOON)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return page.body()
                .lines()
                .filter(line -> line.startsWith("nuclio_processor_" + name + "{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private long deadLetters() {
        Path journal =
                UserFolders.of(Map.of("XDG_STATE_HOME", disk.toString())).journal("ledger", folder.resolve("fn"));
        return JournalReader.of(journal).living().stream()
                .filter(one -> one.entry().kind() == EntryKind.DEAD_LETTER)
                .count();
    }

    @Test
    void nothingIsAckedOrTakenMeanwhileAndAllIsDoneOnceThereIsRoom() throws Exception {
        start();
        source.send(0, "before:ok");
        assertThat(call("first:ok").statusCode()).isEqualTo(202);
        await("a beginning").atMost(SOON).until(() -> ledger.done().keySet().containsAll(Set.of("before", "first")));
        await("its ack").atMost(SOON).until(() -> source.left() == 0);
        fillDisk();
        List<String> accepted = fillJournal();
        await("accepted calls").atMost(SOON).until(() -> ledger.done().keySet().containsAll(accepted));
        // their ends may have made room
        List<String> more = fillJournal();
        await("calls accepted then")
                .atMost(SOON)
                .until(() -> ledger.done().keySet().containsAll(more));

        for (int i = 0; i < POISON; i++) {
            source.send(0, "bad" + i + ":poison");
        }
        await("a dead letter without a place")
                .atMost(SOON)
                .until(() -> ledger.begun().containsKey("bad0"));
        await("offers of it").atMost(SOON).until(() -> refusals() >= 2);
        for (int i = 0; i < BEHIND; i++) {
            source.send(1, "behind" + i + ":ok");
        }
        long before = refusals();
        await("more offers").atMost(SOON).until(() -> refusals() >= before + 2);

        long placed = deadLetters();
        assertThat(placed).as("what has found room before").isLessThan(POISON);
        assertThat(source.left()).as("what is not acked").isEqualTo(POISON - placed + BEHIND);
        assertThat(ledger.done().keySet()).as("the source rests").noneMatch(name -> name.startsWith("behind"));
        assertThat(call("late:ok").statusCode()).isEqualTo(507);
        assertThat(processor.handle().isAlive()).isTrue();

        Files.delete(disk.resolve("ballast"));
        await("all of it").atMost(SOON).until(() -> source.left() == 0);
        assertThat(ledger.done().keySet().stream().filter(name -> name.startsWith("behind")))
                .hasSize(BEHIND);
        assertThat(ledger.begun()).as("each was tried once").containsEntry("bad0", 1);
        await("dead letters").atMost(SOON).until(() -> deadLetters() == POISON);
        assertThat(call("again:ok").statusCode()).isEqualTo(202);
        await("the last call").atMost(SOON).until(() -> ledger.done().containsKey("again"));
        assertThat(ledger.done()).doesNotContainKey("late");
        await("the journal's own count").atMost(SOON).until(() -> metric("journal_living_events") == POISON);
        assertThat(metric("journal_living_bytes")).isBetween(1L, metric("journal_bytes"));
        assertThat(metric("journal_entries_total")).isGreaterThan(accepted.size());
        assertThat(metric("journal_refused_total")).isPositive();
        assertThat(metric("journal_damaged_total")).isZero();
    }
}
