package io.nucleon.transport.unix;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameCutterTest {

    private static final int MAX_FRAME = 4096;

    private final FrameCutter cutter = new FrameCutter(UnpooledByteBufAllocator.DEFAULT, MAX_FRAME);
    private final List<Long> seen = new ArrayList<>();

    private void feed(byte[] bytes, int from, int to) {
        cutter.feed(Unpooled.copiedBuffer(bytes, from, to - from), frame -> seen.add(frame.correlation()), () -> false);
    }

    @Test
    void cutsWhateverWayTheBytesArrive() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<Long> sent = new ArrayList<>();
        ByteBuf all = Unpooled.buffer();
        for (long i = 0; i < 5_000; i++) {
            all.writeBytes(Frames.of(FrameLayout.RESPONSE, 1, i, new byte[random.nextInt(MAX_FRAME - 64)]));
            sent.add(i);
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);

        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextBoolean() ? 100 : 20_000));
            feed(bytes, from, to);
            from = to;
        }

        assertThat(seen).as("seed %d", seed).isEqualTo(sent);
        assertThat(cutter.violation()).isNull();
    }

    @Test
    void stopsWhenTheReaderIsSlowAndGoesOnLater() {
        byte[] two = new byte[128];
        System.arraycopy(Frames.of(FrameLayout.RESPONSE, 1, 1, new byte[0]), 0, two, 0, 64);
        System.arraycopy(Frames.of(FrameLayout.RESPONSE, 1, 2, new byte[0]), 0, two, 64, 64);

        cutter.feed(Unpooled.copiedBuffer(two), frame -> seen.add(frame.correlation()), () -> !seen.isEmpty());
        assertThat(seen).containsExactly(1L);

        cutter.continueCutting(frame -> seen.add(frame.correlation()), () -> false);
        assertThat(seen).containsExactly(1L, 2L);
    }

    @Test
    void aFrameOverTheLimitIsAViolationBeforeItsBytesAreWaitedFor() {
        byte[] frame = Frames.of(FrameLayout.RESPONSE, 1, 1, new byte[0]);
        frame[2] = 1; // 65,600 bytes

        feed(frame, 0, frame.length);

        assertThat(cutter.violation()).contains("length");
        assertThat(seen).isEmpty();
    }

    @Test
    void paddingHasNoPlaceOnASocket() {
        byte[] frame = Frames.of(FrameLayout.PAD, 1, 1, new byte[0]);

        feed(frame, 0, frame.length);

        assertThat(cutter.violation()).contains("padding");
    }

    /** 10⁶ random bytes and damaged frames: each stream ends in a violation or waits for more, never in a fault. */
    @Test
    void survivesNoise() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int violations = 0;

        for (int i = 0; i < 100_000; i++) {
            try (FrameCutter fresh = new FrameCutter(UnpooledByteBufAllocator.DEFAULT, MAX_FRAME)) {
                byte[] frame = Frames.of(FrameLayout.RESPONSE, 1, i, new byte[random.nextInt(40)]);
                frame[random.nextInt(FrameLayout.HEADER)] = (byte) random.nextInt();
                fresh.feed(
                        Unpooled.copiedBuffer(frame, frame), one -> one.body().remaining(), () -> false);
                violations += fresh.violation() == null ? 0 : 1;
            }
        }

        assertThat(violations).as("seed %d", seed).isPositive();
    }
}
