package io.nucleon.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.os.SharedMemory;
import io.nucleon.transport.FrameContent;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.FrameView;
import io.nucleon.transport.Frames;
import io.nucleon.transport.GoldenDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden ring images, those for a worker too: the rules of a ring are the same in both directions. */
class GoldenRingTest {

    private static final SegmentLayout SMALL = new SegmentLayout(8192, 0);
    private static final int INDICES = SegmentLayout.RESPONSE_INDICES;
    private static final int RING = SMALL.responseRing();

    private final List<FrameContent> seen = new ArrayList<>();
    private Segment segment;

    @BeforeEach
    void map() throws IOException {
        segment = new Segment(SharedMemory.anonymous("golden-ring-test", SMALL.size()), SMALL, 7);
    }

    @AfterEach
    void unmap() {
        segment.close();
    }

    static Stream<GoldenDocument> rings() {
        return GoldenDocument.all().stream().filter(GoldenDocument::isRing);
    }

    @ParameterizedTest
    @MethodSource("rings")
    void readsWhatIsRightAndRefusesTheRest(GoldenDocument document) {
        RingReader reader = new RingReader(segment, INDICES, RING, (int) document.number("ring"), 0, 0);
        moveTo(reader, document.number("tail"));
        segment.view().put(RING, document.bytes());
        segment.writeOrdered(INDICES + RingLayout.HEAD, document.number("head"));

        for (FrameView frame = reader.next(); frame != null; frame = reader.next()) {
            seen.add(FrameContent.of(frame));
        }

        if (document.isHostile()) {
            assertThat(reader.violation())
                    .as(document.values().get("violation"))
                    .isNotNull();
            assertThat(seen).isEmpty();
        } else {
            assertThat(reader.violation()).isNull();
            assertThat(seen).isEqualTo(document.contents());
        }
    }

    /** Lets the reader consume bare headers up to a position. */
    private void moveTo(RingReader reader, long position) {
        byte[] filler = Frames.of(FrameLayout.DONE, 7, 0, new byte[0]);
        for (int at = 0; at < SMALL.ringSize(); at += FrameLayout.HEADER) {
            segment.view().put(RING + at, filler);
        }
        for (long head = FrameLayout.HEADER; head <= position; head += FrameLayout.HEADER) {
            segment.writeOrdered(INDICES + RingLayout.HEAD, head);
            assertThat(reader.next()).isNotNull();
        }
        reader.release();
        assertThat(segment.readVolatile(INDICES + RingLayout.TAIL)).isEqualTo(position);
    }
}
