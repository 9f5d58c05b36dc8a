package io.nucleon.platform.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.transport.shm.SegmentLayout;
import org.junit.jupiter.api.Test;

class ContainersTest {

    /** The platform knows nothing of the transport; what it lets a container have must not fall behind what a worker takes. */
    @Test
    void sharedMemoryIsMeasuredByTheSegmentsThatWorkersUse() {
        assertThat(Containers.SEGMENT_BYTES).isEqualTo(SegmentLayout.STANDARD.size());
    }
}
