package io.nucleon.transport.unix;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.nucleon.transport.FrameContent;
import io.nucleon.transport.GoldenDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden frames as they arrive on a socket. */
class GoldenSocketTest {

    private static final int MAX_FRAME = 1 << 20;

    private final FrameCutter cutter = new FrameCutter(UnpooledByteBufAllocator.DEFAULT, MAX_FRAME);
    private final List<FrameContent> seen = new ArrayList<>();

    @AfterEach
    void close() {
        cutter.close();
    }

    static Stream<GoldenDocument> wellFormed() {
        return GoldenDocument.all().stream().filter(document -> document.isForSocket() && !document.isHostile());
    }

    /** Without those whose form is right: {@code GoldenFramesTest} lists them. */
    static Stream<GoldenDocument> malformed() {
        return GoldenDocument.all().stream()
                .filter(document -> document.isForSocket() && document.isHostile())
                .filter(document -> !document.isWrongByDirection());
    }

    private void feed(byte[] bytes) {
        cutter.feed(Unpooled.copiedBuffer(bytes), frame -> seen.add(FrameContent.of(frame)), () -> false);
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void cutsIntoTheDescribedFrames(GoldenDocument document) {
        feed(document.bytes());

        assertThat(cutter.violation()).isNull();
        assertThat(seen).isEqualTo(document.contents());
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void cutsTheSameWhenEachByteComesAlone(GoldenDocument document) {
        for (byte one : document.bytes()) {
            feed(new byte[] {one});
        }

        assertThat(cutter.violation()).isNull();
        assertThat(seen).isEqualTo(document.contents());
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refuses(GoldenDocument document) {
        feed(document.bytes());

        assertThat(cutter.violation()).as(document.values().get("violation")).isNotNull();
        assertThat(seen).isEmpty();
    }
}
