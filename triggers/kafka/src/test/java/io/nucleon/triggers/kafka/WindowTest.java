package io.nucleon.triggers.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static void rest(Window window, long millis) {
        window.rests(5);
        window.goesOn(5 + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void growsWhileHandlersAreQuickAndShrinksWhenTheyAreSlow() {
        Window window = new Window(256, 1000);
        assertThat(window.size()).isEqualTo(256);
        assertThat(window.restart()).isEqualTo(128);

        rest(window, 1);
        assertThat(window.size()).isEqualTo(512);
        rest(window, 50);
        assertThat(window.size()).as("neither").isEqualTo(512);
        rest(window, 19);
        rest(window, 1);
        assertThat(window.size()).as("the most").isEqualTo(1000);

        rest(window, 101);
        assertThat(window.size()).isEqualTo(500);
        rest(window, 5000);
        rest(window, 5000);
        assertThat(window.size()).as("the least").isEqualTo(256);
    }

    @Test
    void oneThatIsGivenStaysAsItIs() {
        Window window = new Window(1, 1);
        rest(window, 1);
        rest(window, 5000);

        assertThat(window.size()).isOne();
        assertThat(window.restart()).isOne();
    }
}
