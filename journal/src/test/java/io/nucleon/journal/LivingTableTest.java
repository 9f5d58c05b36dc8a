package io.nucleon.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LivingTableTest {

    /** Keys that differ in few bits and share homes; a step is a key and what is done with it. */
    @Property(tries = 200)
    void isLikeAMap(@ForAll @Size(max = 2000) List<@IntRange(min = 0, max = 900) Integer> steps) {
        LivingTable table = new LivingTable();
        Map<Long, LivingTable.Place> model = new HashMap<>();
        long bytes = 0;

        for (int i = 0; i < steps.size(); i++) {
            long key = (long) (steps.get(i) / 3) << 24;
            switch (steps.get(i) % 3) {
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

        assertThat(Arrays.asList(table.all())).containsExactlyInAnyOrderElementsOf(model.values());
        for (LivingTable.Place place : model.values()) {
            bytes += place.size();
            assertThat(table.get(place.key())).isEqualTo(place);
        }
        assertThat(table.bytes()).isEqualTo(bytes);
        assertThat(table.count()).isEqualTo(model.size());
    }
}
