package io.nucleon.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.LogRecord;
import io.nucleon.runtime.FunctionLog;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogsTest {

    private static final Map<String, LogConfig.Definition> SINKS =
            Map.of("json", new LogConfig.Definition("stdout", Map.of("Encoding", "json")));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ManualClock clock = new ManualClock();
    private final NucleonLoggerFactory loggers = new NucleonLoggerFactory();

    @Test
    void slf4jFindsOurProvider() {
        assertThat(LoggerFactory.getILoggerFactory()).isInstanceOf(NucleonLoggerFactory.class);
    }

    @Test
    void loggersFollowTheLevelOfTheSinksAndLibrariesOnlyWarn() {
        Logger early = loggers.getLogger("io.nucleon.worker.WorkerPool");
        Logger library = loggers.getLogger("io.netty.util.Recycler");
        assertThat(early.isInfoEnabled()).isFalse();

        loggers.retarget(logs("debug"));

        assertThat(early.isDebugEnabled()).isTrue();
        assertThat(early.isTraceEnabled()).isFalse();
        assertThat(library.isInfoEnabled()).isFalse();
        assertThat(library.isWarnEnabled()).isTrue();
        assertThat(loggers.getLogger("io.nucleon.app.Main").isDebugEnabled()).isTrue();
    }

    @Test
    void aRecordHasItsFieldsAndTheRoomsName() {
        Logs logs = logs("info");
        loggers.retarget(logs);
        Logger logger = loggers.getLogger("io.nucleon.worker.WorkerPool");

        logger.atWarn()
                .addKeyValue("worker", 3)
                .addKeyValue("function", "hello")
                .log("replaced after {} ms", 12);
        logger.debug("not shown");

        assertThat(written(logs))
                .singleElement()
                .asString()
                .contains("\"level\":\"warn\"")
                .endsWith("\"name\":\"processor.worker\",\"message\":\"replaced after 12 ms\","
                        + "\"worker\":3,\"function\":\"hello\"}");
    }

    @Test
    void repeatedErrorsOfOneCauseAreOneLineAMinute() {
        Logs logs = logs("debug");
        loggers.retarget(logs);
        Logger logger = loggers.getLogger("io.nucleon.worker.Worker");

        for (int pid = 0; pid < 500; pid++) {
            logger.error("NUC-3006 worker with pid {} crashed", pid);
            logger.info("an info with {}", pid);
        }

        List<String> lines = written(logs);
        assertThat(lines.stream().filter(line -> line.contains("an info"))).hasSize(500);
        assertThat(lines.stream().filter(line -> line.contains("crashed")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("pid 0 crashed"),
                        last -> assertThat(last).contains("pid 499 crashed").contains("\"repeated\":499"));
    }

    @Test
    void handlersRecordsGoToTheSinksOfFunctionsWithoutALimit() {
        Logs logs = logs("info");
        FunctionLog function = logs.function("hello");

        function.record(null, new LogRecord(3, 0, 1, "it failed", "{\"n\":1}"));
        function.record(null, new LogRecord(3, 0, 1, "it failed", "{\"n\":2}"));
        function.record(null, new LogRecord(0, 0, 1, "a detail", ""));

        assertThat(written(logs))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("{\"level\":\"error\",\"time\":1714564800123.456000,"
                                        + "\"name\":\"processor.w1.logger\",\"message\":\"it failed\",\"n\":1,"
                                        + "\"function\":\"hello\",\"worker\":1}"),
                        second -> assertThat(second).contains("\"n\":2"));
    }

    @Test
    void printsGoWhereTheHandlerPrintedThemUntouched() {
        Logs logs = logs("error");
        FunctionLog function = logs.function("hello");

        function.line(0, false, "\tout \u001b[1m");
        function.line(0, true, "oops");

        assertThat(written(logs)).containsExactly("\tout \u001b[1m");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("oops\n");
    }

    @Test
    void recordsAndPrintsKeepTheirOrder() {
        Logs logs = logs("debug");
        FunctionLog function = logs.function("hello");

        for (int i = 0; i < 1000; i++) {
            function.line(0, false, "print " + i);
            function.record(null, new LogRecord(1, 0, 0, "record " + i, ""));
        }

        List<String> lines = written(logs);
        assertThat(lines).hasSize(2000);
        for (int i = 0; i < 1000; i++) {
            assertThat(lines.get(2 * i)).isEqualTo("print " + i);
            assertThat(lines.get(2 * i + 1)).contains("\"record " + i + "\"");
        }
    }

    private Logs logs(String level) {
        List<LogConfig.Binding> bindings = List.of(new LogConfig.Binding(level, "json"));
        return new Logs(LogConfig.of(SINKS, bindings, bindings), out, err, clock);
    }

    private List<String> written(Logs logs) {
        assertThat(logs.flush(Duration.ofSeconds(30))).isTrue();
        assertThat(logs.dropped()).isZero();
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void levelsAreOfEachSink() {
        LogConfig config = LogConfig.of(
                Map.of(
                        "a",
                        new LogConfig.Definition("", Map.of("encoding", "json")),
                        "b",
                        new LogConfig.Definition("", Map.of())),
                List.of(new LogConfig.Binding("info", "a"), new LogConfig.Binding("error", "b")),
                List.of());
        Logs logs = new Logs(config, out, err, clock);

        logs.log(LogEvent.of(0, Level.INFO, "processor", "both?"));
        logs.log(LogEvent.of(0, Level.ERROR, "processor", "both"));

        assertThat(written(logs)).hasSize(3);
    }
}
