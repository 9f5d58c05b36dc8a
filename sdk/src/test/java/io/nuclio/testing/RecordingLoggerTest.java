package io.nuclio.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nuclio.testing.LogEntry.Level;
import java.util.Collections;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samples.LoggingCounter;

class RecordingLoggerTest {

    private final RecordingLogger logger = new RecordingLogger();

    @Test
    void keepsEachLevelBothWaysInOrder() {
        TestContext context = new TestContext();

        HandlerTest.call(new LoggingCounter(), TestEvent.get("/x"), context);

        assertThat(context.getLogger().entries())
                .containsExactly(
                        new LogEntry(Level.DEBUG, "call 1 of /x", Map.of()),
                        new LogEntry(Level.INFO, "plain", Map.of()),
                        new LogEntry(Level.WARN, String.format("%.1f%% full", 99.5), Map.of()),
                        new LogEntry(Level.ERROR, "trigger http", Map.of()),
                        new LogEntry(Level.DEBUG, "no pairs", Map.of()),
                        new LogEntry(Level.INFO, "handled", Map.of("calls", 1, "method", "GET")),
                        new LogEntry(Level.WARN, "null value", Collections.singletonMap("value", null)),
                        new LogEntry(Level.ERROR, "100% as it is", Map.of("rate", 0.5)));
    }

    @Test
    void keepsFieldsInTheOrderGiven() {
        logger.infoWith("m", "z", 1, "a", 2, "m", 3);

        assertThat(logger.entries().get(0).fields().keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void dropsFieldsThatDoNotMakePairs() {
        logger.errorWith("odd", "key", "value", "lonely");

        assertThat(logger.entries()).containsExactly(new LogEntry(Level.ERROR, "odd", Map.of()));
    }

    @Test
    void failsOnABrokenFormatAsStringFormatDoes() {
        assertThatThrownBy(() -> logger.info("%d", "text")).isInstanceOf(IllegalFormatException.class);

        assertThat(logger.entries()).isEmpty();
    }

    @Test
    void givesASnapshotThatStaysAsItIs() {
        logger.info("one");
        List<LogEntry> before = logger.entries();

        logger.info("two");

        assertThat(before).hasSize(1);
        assertThat(logger.messages(Level.INFO)).containsExactly("one", "two");
    }
}
