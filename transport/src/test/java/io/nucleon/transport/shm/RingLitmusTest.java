package io.nucleon.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.nucleon.error.ErrorMessage;
import io.nucleon.os.SharedMemory;
import io.nucleon.transport.FrameHandler;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.FrameView;
import io.nucleon.transport.Frames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;

/**
 * The races of PROTOCOL.md §5 that its fences decide, played by the ring's own code on two threads, a million rounds or as many as fit into
 * the time. Each test names the outcomes that may be; any other is a lost wake-up, an unwritten frame, or an event run twice.
 */
class RingLitmusTest {

    private static final SegmentLayout LAYOUT = new SegmentLayout(4096, 0);
    private static final int INDICES = SegmentLayout.REQUEST_INDICES;
    private static final Duration LENGTH = Duration.ofSeconds(2);

    /** To be sure that a forbidden outcome is seen where nothing forbids it; mostly it is within milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private Segment segment;
    private RingWriter writer;
    private RingReader reader;

    @BeforeEach
    void map() throws IOException {
        segment = new Segment(SharedMemory.anonymous("litmus", LAYOUT.size()), LAYOUT, 1);
        writer = new RingWriter(segment, INDICES, LAYOUT.requestRing(), LAYOUT.ringSize());
        reader = new RingReader(segment, INDICES, LAYOUT.requestRing(), LAYOUT.ringSize(), 0, 0);
    }

    @AfterEach
    void unmap() {
        segment.close();
    }

    private static void commit(RingWriter writer, long number) {
        ByteBuffer room = writer.claim(FrameLayout.HEADER);
        writer.commit(Frames.put(room, FrameLayout.EVENT, 1, number, new byte[0]));
    }

    private boolean outcome(String what) {
        outcomes.merge(what, 1, Integer::sum);
        return false;
    }

    /** Publishing against going to sleep (§5.1): the frame is seen, whole, or the bell rings. */
    private final class Sleeping {
        private long number = 1;
        private boolean rings;
        private boolean sleeps;
        private long seen;

        Sleeping() {
            commit(writer, number);
        }

        void publish() {
            rings = writer.publish();
        }

        void sleep() {
            sleeps = reader.prepareToSleep();
            seen = sleeps ? 0 : numberOfNext();
        }

        private long numberOfNext() {
            FrameView frame = reader.next();
            return frame == null ? -1 : frame.correlation();
        }

        boolean judge() {
            String how = sleeps
                    ? (rings ? "asleep, rung" : "asleep, not rung")
                    : (seen == number ? (rings ? "awake, rung in vain" : "awake") : "awake, saw another frame");
            if (sleeps) {
                reader.next();
            }
            reader.awake();
            reader.release();
            commit(writer, ++number);
            return outcome(how);
        }
    }

    @Test
    void whoGoesToSleepSeesTheFrameOrIsRung() throws Exception {
        Sleeping game = new Sleeping();

        Rounds.play(LENGTH, game::publish, game::sleep, game::judge);

        assertThat(outcomes.keySet()).as("%s", outcomes).isSubsetOf("asleep, rung", "awake", "awake, rung in vain");
    }

    /** Making room against waiting for it (§5.1). */
    private final class Full {
        private long number;
        private boolean rings;
        private boolean sleeps;

        Full() {
            while (number < LAYOUT.ringSize() / FrameLayout.HEADER) {
                commit(writer, number++);
            }
            writer.publish();
            reader.next();
        }

        void makeRoom() {
            rings = reader.release();
        }

        void sleep() {
            sleeps = writer.prepareToSleep();
        }

        boolean judge() {
            writer.awake();
            commit(writer, number++);
            writer.publish();
            reader.next();
            return outcome((sleeps ? "asleep" : "awake") + (rings ? ", rung" : ", not rung"));
        }
    }

    @Test
    void whoWaitsForRoomSeesItOrIsRung() throws Exception {
        Full game = new Full();

        Rounds.play(LENGTH, game::makeRoom, game::sleep, game::judge);

        assertThat(outcomes.keySet()).as("%s", outcomes).isSubsetOf("asleep, rung", "awake, rung", "awake, not rung");
    }

    /** Taking back against beginning (§5.2): the worker's half is written here as the protocol has it for every language. */
    private final class Revoking {
        private final ShmConnection connection =
                new ShmConnection(segment, 1, () -> {}, new NobodyAnswers(), () -> false);
        private long start;
        private long end;
        private long revokeDone;
        private long takenFrom;
        private boolean runs;

        Revoking() {
            give();
        }

        private void give() {
            ByteBuffer room = connection.claim(FrameLayout.HEADER);
            start = end;
            end = connection.commit(Frames.put(room, FrameLayout.EVENT, 1, start, new byte[0]));
            connection.flush();
        }

        void takeBack() {
            takenFrom = connection.revoke().from();
        }

        void begin() {
            segment.writeOrdered(INDICES + RingLayout.CLAIMED, end);
            Segment.fence();
            runs = segment.readVolatile(INDICES + RingLayout.REVOKE) == revokeDone || !isRevoked();
        }

        private boolean isRevoked() {
            long revoke = segment.readVolatile(INDICES + RingLayout.REVOKE);
            while ((revoke & 1) != 0) {
                revoke = segment.readVolatile(INDICES + RingLayout.REVOKE);
            }
            long to = segment.readVolatile(INDICES + RingLayout.REVOKED_TO);
            boolean revoked = segment.readVolatile(INDICES + RingLayout.REVOKED_FROM) <= start && start < to;
            if ((revoked ? end : start) >= to) {
                revokeDone = revoke;
                segment.writeOrdered(INDICES + RingLayout.REVOKE_DONE, revoke);
            }
            return revoked;
        }

        boolean judge() {
            boolean taken = end > takenFrom;
            segment.writeOrdered(INDICES + RingLayout.TAIL, end);
            give();
            return outcome((runs ? "run" : "not run") + (taken ? ", taken back" : ", kept"));
        }
    }

    @Test
    void anEventIsRunOrTakenBackAndNeverBoth() throws Exception {
        Revoking game = new Revoking();

        Rounds.play(LENGTH, game::takeBack, game::begin, game::judge);

        assertThat(outcomes.keySet()).as("%s", outcomes).isSubsetOf("run, kept", "not run, taken back");
    }

    /**
     * The same as {@link Sleeping}, with the same stores and loads but without the fences, and in many places one after the other, which
     * makes a few meetings enough: whoever is ahead waits for the other's cache lines.
     */
    private final class Unfenced {
        private static final int PLACES = 256;
        private static final int APART = 8;

        private final boolean[] rings = new boolean[PLACES];
        private final boolean[] sleeps = new boolean[PLACES];
        private long number = 1;

        private static int head(int place) {
            return LAYOUT.requestRing() + 2 * APART * place;
        }

        private static int waiting(int place) {
            return head(place) + APART;
        }

        void publish() {
            for (int i = 0; i < PLACES; i++) {
                segment.writeOrdered(head(i), number);
                rings[i] = segment.readVolatile(waiting(i)) == number;
            }
        }

        void sleep() {
            for (int i = 0; i < PLACES; i++) {
                segment.writeOrdered(waiting(i), number);
                sleeps[i] = segment.readVolatile(head(i)) != number;
            }
        }

        boolean judge() {
            number++;
            return lostOne();
        }

        boolean lostOne() {
            for (int i = 0; i < PLACES; i++) {
                if (sleeps[i] && !rings[i]) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Shows that this test can fail: without the fences wakes do get lost. On x86-64 only; on aarch64 a release store and an acquire load
     * behind it stay in order by themselves.
     */
    @Test
    @EnabledOnOs(architectures = "amd64")
    void withoutTheFencesWakesAreLost() throws Exception {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        Unfenced game = new Unfenced();

        Rounds.play(PATIENCE, game::publish, game::sleep, game::judge);

        assertThat(game.lostOne()).as("a wake was lost").isTrue();
    }

    private static final class NobodyAnswers implements FrameHandler {
        @Override
        public void onFrame(FrameView frame) {
            throw new AssertionError("nobody writes frames here");
        }

        @Override
        public void onViolation(ErrorMessage why) {
            throw new AssertionError(why.line());
        }

        @Override
        public void onClosed() {
            // when the segment is unmapped
        }
    }
}
