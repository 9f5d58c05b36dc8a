package io.nucleon.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.delivery.DeliveryEngine;
import io.nucleon.delivery.DeliverySetting;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.RecordingInvoker;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EntryKind;
import io.nucleon.journal.JournalReader;
import io.nucleon.journal.JournalSetting;
import io.nucleon.journal.Stored;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.trigger.ExplicitAck;
import io.nucleon.spec.trigger.Retry;
import io.nucleon.trigger.SourceEvent;
import io.nucleon.trigger.SourceMessage;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands ask of the process that writes a journal, over its socket. */
class DeadLetterDeskTest {

    private static final TriggerSource SOURCE = new TriggerSource(0, "orders", "kafka-cluster", "async");

    @TempDir
    private Path folder;

    private final EventLoops loops = new EventLoops(1);
    private final AtomicBoolean works = new AtomicBoolean();
    private final RecordingInvoker invoker = RecordingInvoker.answering(seen -> works.get()
            ? GivenResponse.of("")
            : GivenResponse.of("").withStatus(500).asFailed().withExtra("error", "KeyError"));
    private FunctionJournal journal;

    @BeforeEach
    void buryOne() {
        journal = FunctionJournal.open(
                "f", new JournalSetting(folder, 1 << 30, Duration.ofDays(1), false, List.of()), Clock.system());
        journal.begin();
        DeliveryEngine engine = new DeliveryEngine(
                new DeliverySetting(
                        "f",
                        SOURCE.name(),
                        new Retry(2, Duration.ofMillis(1), Duration.ofMillis(1), 0, List.of()),
                        ExplicitAck.DISABLE,
                        1_000_000_000L),
                invoker,
                journal.deadLetters(),
                journal.retries(true),
                loops,
                Clock.system());
        journal.resume(SOURCE, engine);
        engine.deliver(List.of(event("poison")));
        await("the socket").atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("control")));
    }

    @AfterEach
    void close() {
        journal.close();
        loops.close();
    }

    private static SourceEvent event(String body) {
        SourceMessage message = SourceMessage.at(1_000)
                .topic("orders-topic")
                .position(2, 88)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .build();
        return new SourceEvent(SOURCE, message) {
            @Override
            public long lane() {
                return 2;
            }

            @Override
            public void ack() {
                // of no interest
            }

            @Override
            public void nack(long delayNanos) {
                // of no interest
            }

            @Override
            public void hold() {
                // of no interest
            }
        };
    }

    private List<Entry> dead() {
        return JournalReader.of(folder).living().stream().map(Stored::entry).toList();
    }

    private String ask(String line) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(folder.resolve("control")));
            Channels.newOutputStream(channel).write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void sendsADeadLetterAgain() throws IOException {
        Entry letter = dead().getFirst();
        assertThat(letter.event().orElseThrow().origin()).isEqualTo("kafka orders-topic/2@88");
        assertThat(letter.tries().attempts()).isEqualTo(2);
        works.set(true);

        assertThat(ask("replay " + letter.id())).isEqualTo("done");

        assertThat(dead()).isEmpty();
        assertThat(invoker.events()).hasSize(3);
        assertThat(invoker.events().getLast().bodyText()).isEqualTo("poison");
    }

    @Test
    void whatFailsAgainStaysADeadLetterUnderItsId() throws IOException {
        String id = dead().getFirst().id();

        assertThat(ask("replay " + id)).isEqualTo("failed");

        assertThat(dead()).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo(id);
            assertThat(one.kind()).isEqualTo(EntryKind.DEAD_LETTER);
            assertThat(one.tries().attempts()).isEqualTo(2);
        });
        assertThat(invoker.events()).hasSize(4);
    }

    @Test
    void discardsADeadLetter() throws IOException {
        assertThat(ask("discard " + dead().getFirst().id())).isEqualTo("discarded");

        assertThat(dead()).isEmpty();
        assertThat(invoker.events()).hasSize(2);
    }

    @Test
    void refusesWhatItCannotDo() throws IOException {
        assertThat(ask("replay 01J9Z7A10000XK4Q8ZT3M5N7PV")).startsWith("error there is no dead letter");
        assertThat(ask("dance " + dead().getFirst().id())).startsWith("error 'dance' is not known");
        assertThat(ask("nothing")).startsWith("error");
        assertThat(ask("x".repeat(100_000))).startsWith("error");
        assertThat(dead()).hasSize(1);
    }

    @Test
    void theSocketGoesWithTheJournal() {
        journal.close();

        assertThat(folder.resolve("control")).doesNotExist();
    }
}
