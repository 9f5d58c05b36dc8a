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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of a source that gives each once, their tries and their dead letters, over two processors. */
class JournalRetriesTest {

    private static final TriggerSource SOURCE = new TriggerSource(0, "clock", "cron", "async");
    private static final GivenResponse RAISED = GivenResponse.of("")
            .withStatus(500)
            .asFailed()
            .withExtra("error", "KeyError", "at", "main.py:21", "message", "'price'");

    @TempDir
    private Path folder;

    private final EventLoops loops = new EventLoops(1);
    private final AtomicInteger acks = new AtomicInteger();

    @AfterEach
    void closeLoops() {
        loops.close();
    }

    private FunctionJournal journal() {
        FunctionJournal journal = FunctionJournal.open(
                "f", new JournalSetting(folder, 1 << 30, Duration.ofDays(1), false, List.of()), Clock.system());
        journal.begin();
        return journal;
    }

    private DeliveryEngine engine(FunctionJournal journal, RecordingInvoker invoker, int attempts, Duration backoff) {
        Retry retry = new Retry(attempts, backoff, backoff, 0, List.of());
        return new DeliveryEngine(
                new DeliverySetting("f", SOURCE.name(), retry, ExplicitAck.DISABLE, 1_000_000_000L),
                invoker,
                journal.deadLetters(),
                journal.retries(true),
                loops,
                Clock.system());
    }

    private SourceEvent event(String body) {
        SourceMessage message = SourceMessage.at(1_000)
                .path("here")
                .header("A", "1")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .build();
        return new SourceEvent(SOURCE, message) {
            @Override
            public long lane() {
                return NO_LANE;
            }

            @Override
            public boolean comesAgain() {
                return false;
            }

            @Override
            public void ack() {
                acks.incrementAndGet();
            }

            @Override
            public void nack(long delayNanos) {
                // it is gone
            }

            @Override
            public void hold() {
                throw new AssertionError("nothing acks by itself");
            }
        };
    }

    private List<Entry> living() {
        return JournalReader.of(folder).living().stream().map(Stored::entry).toList();
    }

    @Test
    void whatWaitsForAnotherTryIsTriedByTheNextProcessor() {
        try (FunctionJournal journal = journal()) {
            engine(journal, RecordingInvoker.answering(seen -> RAISED), 5, Duration.ofHours(1))
                    .deliver(List.of(event("a")));
            await("the event to be kept").atMost(Duration.ofSeconds(20)).until(() -> !living().isEmpty());
        }
        assertThat(living()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(EntryKind.PENDING);
            assertThat(one.tries().attempts()).isEqualTo(1);
            assertThat(one.tries().reason()).isEqualTo("KeyError: 'price' main.py:21");
            assertThat(one.tries().dueNanos()).isGreaterThan(one.tries().lastNanos());
        });

        RecordingInvoker works = RecordingInvoker.answering(seen -> GivenResponse.of(""));
        try (FunctionJournal journal = journal()) {
            journal.resume(SOURCE, engine(journal, works, 5, Duration.ofHours(1)));
            await("the event to be done").atMost(Duration.ofSeconds(20)).until(() -> living().isEmpty());
        }
        assertThat(works.events()).singleElement().satisfies(seen -> {
            assertThat(seen.bodyText()).isEqualTo("a");
            assertThat(seen.path()).isEqualTo("here");
        });
        assertThat(acks).hasValue(0);
    }

    @Test
    void triesAreCountedOverProcessorsAndEndAsADeadLetter() {
        try (FunctionJournal journal = journal()) {
            engine(journal, RecordingInvoker.answering(seen -> RAISED), 2, Duration.ofHours(1))
                    .deliver(List.of(event("a")));
            await("the event to be kept").atMost(Duration.ofSeconds(20)).until(() -> !living().isEmpty());
        }

        RecordingInvoker fails = RecordingInvoker.answering(seen -> RAISED);
        try (FunctionJournal journal = journal()) {
            journal.resume(SOURCE, engine(journal, fails, 2, Duration.ofHours(1)));
            await("the dead letter")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> living().stream().anyMatch(one -> one.kind() == EntryKind.DEAD_LETTER));
        }
        assertThat(fails.events()).hasSize(1);
        assertThat(living()).singleElement().satisfies(one -> {
            assertThat(one.tries().attempts()).isEqualTo(2);
            assertThat(one.tries().code()).isEqualTo("NUC-4030");
            assertThat(one.event().orElseThrow().header("A")).contains("1");
        });
    }

    @Test
    void whatIsDoneAfterATryIsKeptNoMore() {
        AtomicInteger tries = new AtomicInteger();
        RecordingInvoker second =
                RecordingInvoker.answering(seen -> tries.incrementAndGet() < 3 ? RAISED : GivenResponse.of(""));
        try (FunctionJournal journal = journal()) {
            engine(journal, second, 5, Duration.ofMillis(1)).deliver(List.of(event("a")));
            await("the ack").atMost(Duration.ofSeconds(20)).until(() -> acks.get() == 1);
        }
        assertThat(living()).isEmpty();
        assertThat(tries).hasValue(3);
    }

    @Test
    void whatHasNotBegunWhenTheProcessorDrainsIsRunByTheNext() throws Exception {
        RecordingInvoker holding = RecordingInvoker.holding();
        try (FunctionJournal journal = journal()) {
            DeliveryEngine engine = engine(journal, holding, 5, Duration.ofMillis(1));
            engine.drain();
            engine.deliver(List.of(event("late")));
            await("the event to be kept").atMost(Duration.ofSeconds(20)).until(() -> !living().isEmpty());
        }
        RecordingInvoker works = RecordingInvoker.answering(seen -> GivenResponse.of(""));
        try (FunctionJournal journal = journal()) {
            journal.resume(SOURCE, engine(journal, works, 5, Duration.ofHours(1)));
            await("the event to be done").atMost(Duration.ofSeconds(20)).until(() -> living().isEmpty());
        }
        assertThat(works.events())
                .singleElement()
                .satisfies(seen -> assertThat(seen.bodyText()).isEqualTo("late"));
    }
}
