package io.nucleon.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.LogRecord;
import io.nucleon.runtime.FunctionLog;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogsTest {

    private static final LineEncoder JSON = new JsonEncoder("time", false, "", FieldForm.STRUCTURED);

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

        loggers.retarget(logs(Level.DEBUG));

        assertThat(early.isDebugEnabled()).isTrue();
        assertThat(early.isTraceEnabled()).isFalse();
        assertThat(library.isInfoEnabled()).isFalse();
        assertThat(library.isWarnEnabled()).isTrue();
        assertThat(loggers.getLogger("io.nucleon.app.Main").isDebugEnabled()).isTrue();
    }

    @Test
    void aRecordHasItsFieldsAndTheRoomsName() {
        Logs logs = logs(Level.INFO);
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
        Logs logs = logs(Level.DEBUG);
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
        Logs logs = logs(Level.INFO);
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
        Logs logs = logs(Level.ERROR);
        FunctionLog function = logs.function("hello");

        function.line(0, false, "\tout \u001b[1m");
        function.line(0, true, "oops");

        assertThat(written(logs)).containsExactly("\tout \u001b[1m");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("oops\n");
    }

    @Test
    void recordsAndPrintsKeepTheirOrder() {
        Logs logs = logs(Level.DEBUG);
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

    @Test
    void levelsAreOfEachSink() {
        LogConfig config = new LogConfig(
                List.of(
                        new LogConfig.Sink(Level.INFO, JSON, LogConfig.Output.STDOUT),
                        new LogConfig.Sink(Level.ERROR, JSON, LogConfig.Output.STDOUT)),
                List.of());
        Logs logs = new Logs(config, out, err, clock);

        logs.log(LogEvent.of(0, Level.INFO, "processor", "both?"));
        logs.log(LogEvent.of(0, Level.ERROR, "processor", "both"));

        assertThat(written(logs)).hasSize(3);
    }

    private Logs logs(Level from) {
        List<LogConfig.Sink> sinks = List.of(new LogConfig.Sink(from, JSON, LogConfig.Output.STDOUT));
        return new Logs(new LogConfig(sinks, sinks), out, err, clock);
    }

    private List<String> written(Logs logs) {
        assertThat(logs.flush(Duration.ofSeconds(30))).isTrue();
        assertThat(logs.dropped()).isZero();
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
