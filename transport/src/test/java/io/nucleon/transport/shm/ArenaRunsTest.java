package io.nucleon.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArenaRunsTest {

    private static final int CHUNK = 65_536;
    private static final int ARENA = 4096;

    @Test
    void saysWhetherARunIsFreeLaterOrNever() {
        ArenaRuns runs = new ArenaRuns(ARENA, 3 * CHUNK, CHUNK);

        assertThat(runs.claim(2 * CHUNK)).isEqualTo(ARENA);
        assertThat(runs.claim(2 * CHUNK)).as("later").isZero();
        assertThat(runs.claim(3 * CHUNK + 1)).as("never").isEqualTo(-1);
        assertThat(runs.claim(1)).isEqualTo(ARENA + 2L * CHUNK);
        runs.release(ARENA, 2 * CHUNK);
        assertThat(runs.claim(CHUNK + 1)).isEqualTo(ARENA);
    }

    @Test
    void aFullArenaOf64ChunksIsOneRun() {
        ArenaRuns runs = new ArenaRuns(ARENA, 64 * CHUNK, CHUNK);

        assertThat(runs.claim(64 * CHUNK)).isEqualTo(ARENA);
        assertThat(runs.claim(1)).isZero();
        runs.release(ARENA, 64 * CHUNK);
        assertThat(runs.claim(64 * CHUNK)).isEqualTo(ARENA);
    }

    @Test
    void runsNeverOverlapAndNoneIsLost() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int chunks = 48;
        ArenaRuns runs = new ArenaRuns(ARENA, chunks * CHUNK, CHUNK);
        List<long[]> live = new ArrayList<>();
        boolean[] used = new boolean[chunks];

        for (int i = 0; i < 100_000; i++) {
            if (random.nextBoolean() || live.isEmpty()) {
                int length = 1 + random.nextInt(8 * CHUNK);
                long offset = runs.claim(length);
                if (offset > 0) {
                    live.add(new long[] {offset, length});
                    mark(used, offset, length, true, seed);
                }
            } else {
                long[] one = live.remove(random.nextInt(live.size()));
                runs.release(one[0], (int) one[1]);
                mark(used, one[0], (int) one[1], false, seed);
            }
        }
        live.forEach(one -> runs.release(one[0], (int) one[1]));

        assertThat(runs.claim(chunks * CHUNK)).as("seed %d", seed).isEqualTo(ARENA);
    }

    private static void mark(boolean[] used, long offset, int length, boolean to, long seed) {
        int first = (int) ((offset - ARENA) / CHUNK);
        for (int i = first; i < first + (length + CHUNK - 1) / CHUNK; i++) {
            assertThat(used[i]).as("chunk %d, seed %d", i, seed).isEqualTo(!to);
            used[i] = to;
        }
    }
}
