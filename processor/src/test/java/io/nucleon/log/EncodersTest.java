package io.nucleon.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** nuclio's two encodings ({@code nuclio: pkg/loggersink/stdout}), line by line. */
class EncodersTest {

    private static final LogEvent PLAIN =
            LogEvent.of(ManualClock.START, Level.INFO, "processor.worker", "worker started");
    private static final LogEvent RICH = new LogEvent(
            ManualClock.START,
            Level.WARN,
            "processor.default-http.w0.logger",
            "slow \"call\"",
            List.of(new LogField("function", "hello"), new LogField("worker", 0)),
            "{\"took\": 1.50, \"to\": {\"a\": [1, null]}, \"who\": \"x\", \"ok\": true, \"none\": null}",
            null);

    private final LineEncoder console = new ConsoleEncoder(() -> ZoneOffset.UTC, FieldForm.FLATTENED);

    @Test
    void consoleHasTimePaddedNameLetterAndMessage() {
        assertThat(line(console, PLAIN))
                .isEqualTo("24.05.01 12:00:00.123          processor.worker (I) worker started");
    }

    @Test
    void consoleCutsTheNameOnTheLeftAndFlattensFields() {
        assertThat(line(console, RICH))
                .isEqualTo("24.05.01 12:00:00.123 or.default-http.w0.logger (W) slow \"call\""
                        + " :: took=1.50 || to={\"a\":[1,null]} || who=x || ok=true || none=null"
                        + " || function=hello || worker=0");
    }

    @Test
    void consoleShowsFieldsAsAnObjectWhenStructured() {
        assertThat(line(new ConsoleEncoder(() -> ZoneOffset.UTC, FieldForm.STRUCTURED), RICH))
                .endsWith("(W) slow \"call\" {\"took\":1.50,\"to\":{\"a\":[1,null]},\"who\":\"x\",\"ok\":true,"
                        + "\"none\":null,\"function\":\"hello\",\"worker\":0}");
    }

    @Test
    void jsonHasLevelTimeNameMessageAndFields() {
        assertThat(line(json("", FieldForm.STRUCTURED), PLAIN))
                .isEqualTo("{\"level\":\"info\",\"time\":1714564800123.456000,\"name\":\"processor.worker\","
                        + "\"message\":\"worker started\"}");
        assertThat(line(json("", FieldForm.STRUCTURED), RICH))
                .isEqualTo("{\"level\":\"warn\",\"time\":1714564800123.456000,"
                        + "\"name\":\"processor.default-http.w0.logger\",\"message\":\"slow \\\"call\\\"\","
                        + "\"took\":1.50,\"to\":{\"a\":[1,null]},\"who\":\"x\",\"ok\":true,\"none\":null,"
                        + "\"function\":\"hello\",\"worker\":0}");
    }

    @Test
    void jsonGroupsFieldsUnderTheNameThatIsSet() {
        assertThat(line(json("more", FieldForm.STRUCTURED), RICH))
                .contains(",\"more\":{\"took\":1.50,")
                .endsWith("\"worker\":0}}");
        assertThat(line(json("more", FieldForm.FLATTENED), RICH))
                .endsWith(",\"more\":\"took=1.50 || to={\\\"a\\\":[1,null]} || who=x || ok=true || none=null"
                        + " || function=hello || worker=0\"}");
        assertThat(line(json("more", FieldForm.STRUCTURED), PLAIN)).doesNotContain("more");
    }

    @Test
    void jsonWritesIsoTimeUnderAnotherName() {
        LineEncoder iso = new JsonEncoder("ts", true, "", FieldForm.STRUCTURED);

        assertThat(line(iso, PLAIN)).startsWith("{\"level\":\"info\",\"ts\":\"2024-05-01T12:00:00.123Z\",");
    }

    @Test
    void jsonNamesTheCodeOfAMessageThatBeginsWithOne() {
        LogEvent crashed = LogEvent.of(0, Level.ERROR, "processor", "NUC-3006 worker crashed");

        assertThat(line(json("", FieldForm.STRUCTURED), crashed)).endsWith(",\"code\":\"NUC-3006\"}");
    }

    @Test
    void anErrorBringsItsPartsAndNoTraceOfItsOwn() {
        RuntimeException thrown = ErrorMessage.of(ErrorCode.INIT_FAILED, "init failed", "KeyError", "set X")
                .toException();
        LogEvent event = new LogEvent(0, Level.ERROR, "processor", "start failed", List.of(), "", thrown);

        assertThat(line(console, event))
                .endsWith("(E) start failed :: code=NUC-4024 || error=init failed || why=KeyError || fix=set X");
    }

    @Test
    void aTraceFollowsIndentedOrAsAField() {
        RuntimeException thrown = new IllegalStateException("broken\nin two");
        LogEvent event = new LogEvent(0, Level.ERROR, "processor", "it failed", List.of(), "", thrown);

        assertThat(line(console, event))
                .contains(
                        "(E) it failed\n    java.lang.IllegalStateException: broken\n    in two\n    \tat io.nucleon.log.");
        assertThat(line(json("", FieldForm.STRUCTURED), event))
                .contains("\"stack\":\"java.lang.IllegalStateException: broken\\nin two\\n\\tat io.nucleon.log.")
                .doesNotContain("\n");
    }

    private static LineEncoder json(String group, FieldForm form) {
        return new JsonEncoder("time", false, group, form);
    }

    static String line(LineEncoder encoder, LogEvent event) {
        StringBuilder line = new StringBuilder();
        encoder.encode(event, line);
        return line.toString();
    }
}
