package io.nucleon.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.LoggerSink;
import io.nucleon.spec.Read;
import io.nucleon.spec.platform.Logging;
import io.nucleon.spec.platform.PlatformConfig;
import io.nucleon.spec.platform.PlatformReader;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LogConfigTest {

    private final Problems problems = new Problems();

    @Test
    void nucliosDefaultIsEverythingForPeopleOnStandardOutput() {
        LogConfig config = LogConfig.of(Logging.DEFAULT, Logging.DEFAULT.functions(), problems);

        assertThat(config.system()).singleElement().satisfies(sink -> {
            assertThat(sink.from()).isEqualTo(Level.DEBUG);
            assertThat(sink.output()).isEqualTo(LogConfig.Output.STDOUT);
            assertThat(sink.encoder()).isInstanceOf(ConsoleEncoder.class);
        });
        assertThat(config.functions()).hasSize(1);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void readsTheAttributesOfASink() {
        Logging logging = logging("""
                logger:
                  sinks:
                    lines:
                      kind: stdout
                      attributes: {Encoding: json, timeFieldName: ts, timeFieldEncoding: iso8601, varGroupName: more}
                  system: [{level: warning, sink: lines}]
                  functions: [{level: error, sink: lines}]
                """);

        LogConfig config = LogConfig.of(logging, logging.functions(), problems);

        LogConfig.Sink system = config.system().getFirst();
        LogEvent event = LogEvent.of(ManualClock.START, Level.WARN, "p", "m", new LogField("a", 1));
        assertThat(EncodersTest.line(system.encoder(), event))
                .isEqualTo("{\"level\":\"warn\",\"ts\":\"2024-05-01T12:00:00.123Z\",\"name\":\"p\",\"message\":\"m\","
                        + "\"more\":{\"a\":1}}");
        assertThat(system.from()).isEqualTo(Level.WARN);
        assertThat(config.functions().getFirst().from()).isEqualTo(Level.ERROR);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aFunctionMayChangeTheLevelOnly() {
        List<LoggerSink> own = Logging.DEFAULT.of(List.of(new LoggerSink(LoggerSink.Level.WARN, "")), problems);

        LogConfig config = LogConfig.of(Logging.DEFAULT, own, problems);

        assertThat(config.functions())
                .singleElement()
                .satisfies(sink -> assertThat(sink.from()).isEqualTo(Level.WARN));
    }

    @Test
    void saysWhichSinksCantBeHad() {
        Logging logging = logging("""
                logger:
                  sinks:
                    insights: {kind: appinsights}
                    odd: {kind: stdout, attributes: {encoding: xml}}
                  system: [{level: info, sink: insights}, {level: info, sink: odd}]
                """);

        LogConfig.of(logging, logging.functions(), problems);

        assertThat(problems.list().stream().map(Problem::oneLine))
                .containsExactly(
                        "NUC-7020 logger.sinks.insights has a kind that is not in this version:"
                                + " kind 'appinsights'; here: stdout; fix: set logger.sinks.insights.kind: stdout",
                        "NUC-7020 platform.yaml:4 logger.sinks.odd.attributes.encoding is no encoding:"
                                + " 'xml' stands there; here: console, json;"
                                + " fix: set logger.sinks.odd.attributes.encoding: json");
    }

    private static Logging logging(String yaml) {
        Read<PlatformConfig> read = PlatformReader.read(yaml, "platform.yaml");
        assertThat(read.problems()).isEmpty();
        return read.value().logger();
    }
}
