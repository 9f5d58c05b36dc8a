package io.nucleon.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LivingTableTest {

    @Test
    void isLikeAMap() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            isLikeAMap(seed, random.ints(random.nextInt(2000), 0, 901).toArray());
        }
    }

    /** Keys that differ in few bits and share homes; a step is a key and what is done with it. */
    private static void isLikeAMap(long seed, int... steps) {
        LivingTable table = new LivingTable();
        Map<Long, LivingTable.Place> model = new HashMap<>();
        long bytes = 0;

        for (int i = 0; i < steps.length; i++) {
            long key = (long) (steps[i] / 3) << 24;
            switch (steps[i] % 3) {
                case 0 -> {
                    table.put(key, i, LivingTable.NONE, i);
                    model.put(key, new LivingTable.Place(key, i, LivingTable.NONE, i));
                }
                case 1 -> {
                    table.tried(key, i);
                    int at = i;
                    model.computeIfPresent(key, (same, old) -> new LivingTable.Place(key, old.base(), at, old.size()));
                }
                default -> {
                    table.remove(key);
                    model.remove(key);
                }
            }
        }

        assertThat(Arrays.asList(table.all())).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(model.values());
        for (LivingTable.Place place : model.values()) {
            bytes += place.size();
            assertThat(table.get(place.key())).as("seed %d", seed).isEqualTo(place);
        }
        assertThat(table.bytes()).as("seed %d", seed).isEqualTo(bytes);
        assertThat(table.count()).as("seed %d", seed).isEqualTo(model.size());
    }
}
