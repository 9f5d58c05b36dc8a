package io.nucleon.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.os.SharedMemory;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.FrameView;
import io.nucleon.transport.Frames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both ends of a ring in one segment, so that the writer's frames are what the reader of hostile frames reads. */
class RingTest {

    private static final SegmentLayout SMALL = new SegmentLayout(8192, 0);
    private static final int INDICES = SegmentLayout.REQUEST_INDICES;

    private Segment segment;
    private RingWriter writer;
    private RingReader reader;

    @BeforeEach
    void map() throws IOException {
        segment = new Segment(SharedMemory.anonymous("ring-test", SMALL.size()), SMALL, 1);
        writer = new RingWriter(segment, INDICES, SMALL.requestRing(), SMALL.ringSize());
        reader = new RingReader(segment, INDICES, SMALL.requestRing(), SMALL.ringSize(), 0, 0);
    }

    @AfterEach
    void unmap() {
        segment.close();
    }

    private boolean write(long correlation, int bodyLength) {
        ByteBuffer room = writer.claim(FrameLayout.HEADER + bodyLength);
        if (room == null) {
            return false;
        }
        writer.commit(Frames.put(room, FrameLayout.RESPONSE, 1, correlation, new byte[bodyLength]));
        return true;
    }

    @Test
    void nothingIsSeenBeforeItIsPublished() {
        write(1, 10);

        assertThat(reader.next()).isNull();
        writer.publish();
        assertThat(reader.next().correlation()).isEqualTo(1);
        assertThat(reader.next()).isNull();
    }

    @Test
    void anAbortedClaimLeavesNoTrace() {
        writer.claim(500);
        writer.abort();
        write(2, 0);
        writer.publish();

        assertThat(reader.next().correlation()).isEqualTo(2);
    }

    @Test
    void aFullRingTakesNothingUntilTheReaderReleases() {
        int fitting = 0;
        while (write(fitting, 0)) {
            fitting++;
        }
        writer.publish();

        assertThat(fitting).isEqualTo(SMALL.ringSize() / FrameLayout.HEADER);
        assertThat(reader.next().correlation()).isZero();
        assertThat(write(99, 0)).isFalse();
        reader.release();
        assertThat(write(99, 0)).isTrue();
    }

    @Test
    void behavesAsAQueueWhateverTheSizes() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Deque<long[]> model = new ArrayDeque<>();
        long sent = 0;

        for (int i = 0; i < 200_000; i++) {
            if (random.nextInt(3) > 0) {
                int bodyLength = random.nextInt(SMALL.ringSize() / 4);
                if (write(sent, bodyLength)) {
                    model.add(new long[] {sent++, bodyLength});
                }
                if (random.nextBoolean()) {
                    writer.publish();
                }
            } else {
                read(model, seed);
            }
        }

        assertThat(sent).isGreaterThan(1000);
        writer.publish();
        read(model, seed);
        assertThat(model).as("seed %d", seed).isEmpty();
    }

    private void read(Deque<long[]> model, long seed) {
        for (FrameView frame = reader.next(); frame != null; frame = reader.next()) {
            long[] expected = model.poll();
            assertThat(expected).as("seed %d", seed).containsExactly(frame.correlation(), frame.bodyLength());
        }
        assertThat(reader.violation()).as("seed %d", seed).isNull();
        reader.release();
    }

    @Test
    void aSleepingReaderIsRungOnce() {
        assertThat(reader.prepareToSleep()).isTrue();
        write(1, 0);

        assertThat(writer.publish()).isTrue();
        write(2, 0);
        assertThat(writer.publish()).isFalse();
        assertThat(reader.prepareToSleep()).as("there is work").isFalse();
    }

    @Test
    void aWriterThatWaitsForRoomIsRung() {
        while (write(1, 0)) {
            // until it is full
        }
        writer.publish();
        assertThat(writer.prepareToSleep()).isTrue();
        reader.next();

        assertThat(reader.release()).isTrue();
        assertThat(reader.release()).isFalse();
    }

    @Test
    void aHeadThatLeapsIsAViolation() {
        for (long head : new long[] {-64, SMALL.ringSize() + 64L, 63, Long.MIN_VALUE}) {
            RingReader fresh = new RingReader(segment, INDICES, SMALL.requestRing(), SMALL.ringSize(), 0, 0);
            segment.writeOrdered(INDICES + RingLayout.HEAD, head);

            assertThat(fresh.next()).isNull();
            assertThat(fresh.violation()).as("head %d", head).contains("head");
        }
    }

    @Test
    void aTailThatLeapsNeverFreesRoom() {
        while (write(1, 0)) {
            // until it is full
        }
        writer.publish();
        for (long tail : new long[] {-1, Long.MAX_VALUE, SMALL.ringSize() + 1L}) {
            segment.writeOrdered(INDICES + RingLayout.TAIL, tail);

            assertThat(write(2, 0)).as("tail %d", tail).isFalse();
        }
    }

    /** Noise in the ring and in the indices: a verdict each time, no fault. */
    @Test
    void readsNoiseWithoutFault() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int violations = 0;

        for (int round = 0; round < 20_000; round++) {
            for (int at = 0; at < 512; at += Long.BYTES) {
                segment.view().putLong(SMALL.requestRing() + at, random.nextInt(4) == 0 ? random.nextLong() : 0);
            }
            segment.view().putInt(SMALL.requestRing(), random.nextInt(600));
            segment.writeOrdered(INDICES + RingLayout.HEAD, 64L * random.nextInt(9));
            RingReader fresh = new RingReader(segment, INDICES, SMALL.requestRing(), SMALL.ringSize(), 0, 0);
            while (fresh.next() != null) {
                // whatever is well-formed
            }
            violations += fresh.violation() == null ? 0 : 1;
        }

        assertThat(violations).as("seed %d", seed).isPositive();
    }
}
