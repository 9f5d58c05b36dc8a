package io.nucleon.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.transport.shm.SegmentLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden frames as {@link FrameView} sees them. Rings are read in {@code shm.GoldenRingTest}. */
class GoldenFramesTest {

    /** Too large to be kept as bytes; the processor's encoder is held to their hash. */
    private static final List<String> NOT_KEPT = List.of("event-maximum");

    private static final SegmentLayout SEGMENT = SegmentLayout.STANDARD;

    private final List<FrameContent> seen = new ArrayList<>();

    private static Stream<GoldenDocument> documents() {
        return GoldenDocument.all().stream().filter(document -> !document.isRing() && document.isKept());
    }

    static Stream<GoldenDocument> wellFormed() {
        return documents().filter(document -> !document.isHostile() || document.isWrongByDirection());
    }

    static Stream<GoldenDocument> malformed() {
        return documents().filter(document -> document.isHostile() && !document.isWrongByDirection());
    }

    /** Reads frame after frame into {@link #seen}; returns what is wrong, null for nothing. */
    private String read(GoldenDocument document) {
        ByteBuffer memory = ByteBuffer.wrap(document.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        boolean request = document.frames().getFirst().type() == FrameLayout.EVENT;
        long arena = request ? SEGMENT.requestArena() : SEGMENT.responseArena();
        FrameView view = new FrameView();
        view.over(memory);
        for (int at = 0; at < memory.capacity(); at += view.length()) {
            String wrong = view.read(at, memory.capacity() - at, arena, arena + SEGMENT.arenaSize());
            if (wrong != null) {
                return wrong;
            }
            seen.add(FrameContent.of(view));
        }
        return null;
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void decodesToTheDescribedValues(GoldenDocument document) {
        assertThat(read(document)).isNull();
        assertThat(seen).isEqualTo(document.contents());
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refuses(GoldenDocument document) {
        assertThat(read(document)).as(document.values().get("violation")).isNotNull();
        assertThat(seen).isEmpty();
    }

    @Test
    void leavesOutExactlyWhatIsListed() {
        List<GoldenDocument> all = GoldenDocument.all();

        assertThat(all)
                .filteredOn(document -> !document.isKept())
                .extracting(GoldenDocument::name)
                .isEqualTo(NOT_KEPT);
        assertThat(documents().filter(document -> document.isHostile() && read(document) == null))
                .extracting(GoldenDocument::name)
                .isEqualTo(GoldenDocument.WRONG_BY_DIRECTION);
        assertThat(all).filteredOn(document -> !document.isHostile()).hasSizeGreaterThan(15);
    }
}
