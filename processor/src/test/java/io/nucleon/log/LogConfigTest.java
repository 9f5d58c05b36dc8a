package io.nucleon.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LogConfigTest {

    private static final Map<String, LogConfig.Definition> SINKS = Map.of(
            "out",
            new LogConfig.Definition("stdout", Map.of()),
            "insights",
            new LogConfig.Definition("appinsights", Map.of()),
            "odd",
            new LogConfig.Definition("stdout", Map.of("encoding", "xml")));

    @Test
    void saysWhichSinkIsNotDefined() {
        assertRefused("gone", "NUC-7020 Failed to find logger sink gone: defined: ");
    }

    @Test
    void saysWhichSinkCantBeHad() {
        assertRefused("insights", "NUC-7020 logger sink 'insights' has a kind that is not in this version: ");
        assertRefused("odd", "NUC-7020 logger sink 'odd' has an unknown encoding: encoding 'xml'; fix: ");
    }

    @Test
    void aSingleSinkWithoutANameChangesTheLevelOnly() {
        LogConfig platform = LogConfig.of(SINKS, bindings("debug", "out"), bindings("debug", "out"));

        LogConfig own = platform.withFunctionSinks(SINKS, bindings("warning", ""));

        assertThat(own.functions()).singleElement().satisfies(sink -> {
            assertThat(sink.from()).isEqualTo(Level.WARN);
            assertThat(sink.encoder()).isSameAs(platform.functions().getFirst().encoder());
        });
        assertThat(own.system()).isEqualTo(platform.system());
        assertThat(platform.withFunctionSinks(SINKS, List.of())).isSameAs(platform);
    }

    @Test
    void sinksOfAFunctionReplaceThePlatforms() {
        LogConfig platform = LogConfig.of(SINKS, bindings("debug", "out"), bindings("debug", "out"));

        LogConfig own = platform.withFunctionSinks(SINKS, bindings("error", "out"));

        assertThat(own.functions())
                .singleElement()
                .satisfies(sink -> assertThat(sink.from()).isEqualTo(Level.ERROR));
    }

    @Test
    void anyOtherWordMeansDebug() {
        assertThat(List.of("debug", "info", "warn", "Warning", "ERROR", "loud"))
                .extracting(LogConfig::level)
                .containsExactly(Level.DEBUG, Level.INFO, Level.WARN, Level.WARN, Level.ERROR, Level.DEBUG);
    }

    private static void assertRefused(String sink, String message) {
        assertThatThrownBy(() -> LogConfig.of(SINKS, bindings("info", sink), List.of()))
                .isInstanceOfSatisfying(
                        NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOG_SINK_INVALID))
                .hasMessageStartingWith(message);
    }

    private static List<LogConfig.Binding> bindings(String level, String sink) {
        return List.of(new LogConfig.Binding(level, sink));
    }
}
