package io.nucleon.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {

    @Test
    void faultsHaveAShareOfEvents() {
        assertThat(Faults.of(List.of())).isEqualTo(Faults.NONE);
        assertThat(Faults.of(List.of("kill"))).isEqualTo(new Faults(0.1, 0));
        assertThat(Faults.of(List.of("delay=100%", "kill=0.5%"))).isEqualTo(new Faults(0.005, 1));
        assertThat(Faults.of(List.of("delay=100%", "kill=0.5%")).describe())
                .isEqualTo("kills the worker of 0.5 % of events, stops the worker for a while at 100 % of events");
        assertThat(Faults.of(List.of("delay")).describe()).isEqualTo("stops the worker for a while at 10 % of events");
    }

    @Test
    void whatIsNoFaultIsRefused() {
        assertRefused("kil", "did you mean 'kill'?");
        assertRefused("corrupt", "faults: kill, delay");
        for (String word : List.of("kill=", "kill=5", "kill=0%", "kill=101%", "kill=-1%", "delay=1e1%", "")) {
            assertRefused(word, "--chaos can't be '" + word + "'");
        }
    }

    private static void assertRefused(String word, String text) {
        assertThatThrownBy(() -> Faults.of(List.of(word))).isInstanceOfSatisfying(NucleonException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
            assertThat(e.error().line()).contains(text);
        });
    }
}
