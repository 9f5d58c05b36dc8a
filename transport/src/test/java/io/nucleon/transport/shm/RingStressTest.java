package io.nucleon.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.os.SharedMemory;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.FrameView;
import io.nucleon.transport.Frames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Two threads on one ring with the sleep of PROTOCOL.md §5.1, bells as a semaphore. What must not happen: a frame lost, torn or out of
 * order; a sleeper that nobody wakes (the test then runs into its limit). Every frame carries its number in each of its bytes' places, so
 * that a frame that is published before it is written shows.
 */
class RingStressTest {

    private static final SegmentLayout LAYOUT = new SegmentLayout(4096, 0);
    private static final int INDICES = SegmentLayout.REQUEST_INDICES;
    private static final long FRAMES = 2_000_000;
    private static final long LIMIT_SECONDS = 45;

    @Test
    void noFrameIsLostTornOrSleptOver() throws Exception {
        try (Segment segment = segment()) {
            Semaphore toReader = new Semaphore(0);
            Semaphore toWriter = new Semaphore(0);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(
                    () -> writeAll(segment, toReader, toWriter),
                    task -> Thread.ofPlatform().start(task));

            long read = readAll(segment, toReader, toWriter);

            writing.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(read).isEqualTo(FRAMES);
        }
    }

    private static Segment segment() throws IOException {
        return new Segment(SharedMemory.anonymous("stress", LAYOUT.size()), LAYOUT, 1);
    }

    private static void writeAll(Segment segment, Semaphore toReader, Semaphore toWriter) {
        RingWriter writer = new RingWriter(segment, INDICES, LAYOUT.requestRing(), LAYOUT.ringSize());
        byte[] body = new byte[96];
        for (long i = 0; i < FRAMES; i++) {
            int length = (int) (i % body.length);
            java.util.Arrays.fill(body, 0, length, (byte) i);
            ByteBuffer room = writer.claim(FrameLayout.HEADER + length);
            while (room == null) {
                ring(writer.publish(), toReader);
                if (writer.prepareToSleep()) {
                    await(toWriter);
                }
                writer.awake();
                room = writer.claim(FrameLayout.HEADER + length);
            }
            writer.commit(Frames.put(room, FrameLayout.EVENT, 1, i, java.util.Arrays.copyOf(body, length)));
            if (i % 7 == 0) {
                ring(writer.publish(), toReader);
            }
        }
        ring(writer.publish(), toReader);
    }

    private static long readAll(Segment segment, Semaphore toReader, Semaphore toWriter) {
        RingReader reader = new RingReader(segment, INDICES, LAYOUT.requestRing(), LAYOUT.ringSize(), 0, 0);
        long expected = 0;
        while (expected < FRAMES) {
            FrameView frame = reader.next();
            if (frame == null) {
                assertThat(reader.violation()).isNull();
                ring(reader.release(), toWriter);
                if (reader.prepareToSleep()) {
                    await(toReader);
                }
                reader.awake();
                continue;
            }
            check(frame, expected++);
        }
        reader.release();
        return expected;
    }

    private static void check(FrameView frame, long number) {
        if (frame.correlation() != number || frame.bodyLength() != number % 96) {
            throw new AssertionError("frame " + frame.correlation() + " where " + number + " was expected");
        }
        ByteBuffer body = frame.body();
        while (body.hasRemaining()) {
            if (body.get() != (byte) number) {
                throw new AssertionError("frame " + number + " is torn");
            }
        }
    }

    private static void ring(boolean needed, Semaphore bell) {
        if (needed) {
            bell.release();
        }
    }

    private static void await(Semaphore bell) {
        try {
            if (!bell.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody rang: a wake-up was lost");
            }
            bell.drainPermits();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
