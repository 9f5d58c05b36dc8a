package io.nucleon.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nucleon.os.SharedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SegmentTest {

    private static final String NAME = "nucleon-segment-test";

    private static long mappings() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains(NAME))
                .count();
    }

    /** A processor replaces workers for months: what it kept of each would be all of the memory one day. */
    @Test
    void itsMappingGoesWithIt() throws IOException {
        SegmentLayout layout = new SegmentLayout(8192, 0);
        Segment segment = new Segment(SharedMemory.anonymous(NAME, layout.size()), layout, 1);
        assertThat(mappings()).isEqualTo(1);

        segment.close();

        await("the mapping to be gone").until(() -> mappings() == 0);
        assertThatThrownBy(() -> segment.readVolatile(0)).isInstanceOf(IllegalStateException.class);
    }
}
