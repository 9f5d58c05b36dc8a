package io.nucleon.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InvocationIdTest {

    @Test
    void readsIds() {
        assertThat(InvocationId.isOne("01J9Z7A10000XK4Q8ZT3M5N7PV")).isTrue();
        assertThat(InvocationId.isOne("01J9Z7A10000XK4Q8ZT3M5N7P")).isFalse();
        assertThat(InvocationId.isOne("01J9Z7A10000XK4Q8ZT3M5N7PI"))
                .as("I is not a digit")
                .isFalse();
        assertThat(InvocationId.isOne("01j9z7a10000xk4q8zt3m5n7pv")).isFalse();
        assertThat(InvocationId.isBeginning("01J9Z7A1")).isTrue();
        assertThat(InvocationId.isBeginning("01J9Z7A")).isFalse();
        assertThat(InvocationId.millis(Samples.id(86_400_000, 5))).isEqualTo(1_704_153_600_000L);
    }

    @Test
    void keysTellIdsApart() {
        Set<Long> keys = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            keys.add(InvocationId.key(Samples.id(i % 100, i)));
        }
        assertThat(keys).hasSize(100_000);
    }
}
