package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Outcome;
import io.nucleon.transport.shm.RingLayout;
import io.nucleon.transport.shm.SegmentLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker could write where it has no business: the worker is the price, never the processor. */
class HostileWorkerTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Where a worker keeps the head of its ring (PROTOCOL.md §5), and a position that no ring can have reached. */
    private static final long RESPONSE_HEAD = 2048;

    private static final long FAR = Long.MIN_VALUE + 64;

    /** Asked for, never decided, and not the first that can be. */
    private static final long NO_REVOKE = 77;

    /** The event may be lost with its worker; those after it are answered. */
    private static void recovers(Middle middle, Counted event) throws Exception {
        assertThat(event.await().outcome()).isIn(Outcome.WORKER_LOST, Outcome.RESPONDED);
        await("the worker to be replaced, or to be well")
                .atMost(Duration.ofSeconds(20))
                .until(() -> middle.worker(0).state().equals("ready"));
        Counted.Answer next = middle.send("/next").await();
        if (next.outcome() == Outcome.WORKER_LOST || next.outcome() == Outcome.TIMED_OUT) {
            next = middle.send("/next").await(); // its end, or that it waits for ever, was noticed only with this event
        }
        assertThat(next.body()).isEqualTo("/next");
        assertThat(event.calls()).isEqualTo(1);
    }

    @EachVariant
    void garbageInTheSegmentCostsTheWorker(Variant variant, @TempDir Path folder) throws Exception {
        SplittableRandom random = new SplittableRandom();
        try (Middle middle = Middle.of(folder, Middle.Setup.of(variant, 1).withTimeout(LIMIT))
                .awaitReady()) {
            for (int i = 0; i < 3; i++) {
                Hold hold = Hold.begin(middle, folder);

                OpenSegments.scribble(random);

                recovers(middle, hold.letGo());
            }
        }
    }

    @EachOverShm
    void aHeadThatLeapsIsNamedAndCostsTheWorker(Variant variant, @TempDir Path folder) throws Exception {
        try (Middle middle = Middle.of(folder, Middle.Setup.of(variant, 1).withTimeout(LIMIT))
                .awaitReady()) {
            Hold hold = Hold.begin(middle, folder);

            OpenSegments.put(FAR, RESPONSE_HEAD);

            assertThat(hold.event().await().outcome()).isEqualTo(Outcome.WORKER_LOST);
            assertThat(middle.losses).anyMatch(loss -> loss.code() == ErrorCode.PROTOCOL_VIOLATION);
            recovers(middle, hold.event());
        }
    }

    /** PROTOCOL.md §5.2: a worker neither believes nor waits for what is not the next value, where it looks at it at all. */
    @EachVariant
    void aRevokeThatIsNoneCostsTheWorker(Variant variant, @TempDir Path folder) throws Exception {
        try (Middle middle = Middle.of(folder, Middle.Setup.of(variant, 1).withTimeout(LIMIT))
                .awaitReady()) {
            Hold hold = Hold.begin(middle, folder);
            OpenSegments.put(NO_REVOKE, SegmentLayout.REQUEST_INDICES + RingLayout.REVOKE);

            assertThat(hold.letGo().await().body()).isEqualTo("/held");
            Counted next = middle.send("/next");

            recovers(middle, next);
            if (variant.isShm()) {
                assertThat(next.await().outcome()).isEqualTo(Outcome.WORKER_LOST);
                assertThat(middle.losses).anyMatch(loss -> loss.code() == ErrorCode.PROTOCOL_VIOLATION);
            }
        }
    }

    @Test
    void aSealedSegmentCanNotBeTruncated(@TempDir Path folder) throws Exception {
        try (Middle middle = Middle.of(folder, Middle.Setup.of("shm", 1)).awaitReady()) {
            assertThatThrownBy(OpenSegments::truncate)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not permitted");

            assertThat(middle.send("/next").await().body()).isEqualTo("/next");
        }
    }

    @EachVariant
    void garbageOnEveryDescriptorCostsAtMostTheWorker(Variant variant, @TempDir Path folder) throws Exception {
        try (Middle middle = Middle.of(folder, Middle.Setup.of(variant, 1).withTimeout(LIMIT))
                .awaitReady()) {
            recovers(middle, middle.send("/garbage"));
        }
    }

    @EachVariant
    void whatIsPrintedIsTheFunctionsAndCostsNothing(Variant variant, @TempDir Path folder) throws Exception {
        try (Middle middle = Middle.of(folder, Middle.Setup.of(variant, 1)).awaitReady()) {
            assertThat(middle.send("/print").await().body()).isEqualTo("/print");

            await("its print")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> middle.lines.stream().anyMatch(line -> line.startsWith("xxxx")));
        }
    }

    @Test
    void memoryThatIsRefusedIsTheEventsErrorAndTheWorkerLives(@TempDir Path folder) throws Exception {
        String hungry = """
                import resource
                def init_context(context):
                    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
                def handler(context, event):
                    if event.path == '/hungry':
                        kept = []
                        while True:
                            kept.append(bytearray(50_000_000))
                    return event.path
                """;
        try (Middle middle = new Middle(folder, hungry, Middle.Setup.of("shm", 1)).awaitReady()) {
            Counted.Answer answer = middle.send("/hungry").await();

            assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(answer.body()).contains("MemoryError");
            assertThat(middle.send("/next").await().body()).isEqualTo("/next");
        }
    }

    @EachLanguage
    void aHandlerThatCanNotBeLoadedSaysSo(Variant variant, @TempDir Path folder) {
        String almost = variant.language().handler() + "s";
        assertThatThrownBy(() -> {
                    Middle.Setup setup = Middle.Setup.of(variant, 1).withHandler(almost);
                    try (Middle middle = Middle.of(folder, setup)) {
                        middle.awaitReady();
                    }
                })
                .hasMessageContaining(ErrorCode.HANDLER_MISSING.code())
                .hasMessageContaining(variant.language().handler());
    }

    /** A worker whose segment's file form is truncated under the processor: an error, not the end of the JVM. */
    @EachOverShm
    void aTruncatedSegmentFileCostsTheWorker(Variant variant, @TempDir Path folder) throws Exception {
        System.setProperty("nucleon.segment", "file");
        try (Middle middle = Middle.of(folder, Middle.Setup.of(variant, 1).withTimeout(LIMIT))
                .awaitReady()) {
            Hold hold = Hold.begin(middle, folder);

            OpenSegments.truncate();

            recovers(middle, hold.letGo());
        } finally {
            System.clearProperty("nucleon.segment");
        }
    }
}
