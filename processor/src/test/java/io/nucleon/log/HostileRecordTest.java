package io.nucleon.log;

import static io.nucleon.log.EncodersTest.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** What a worker sends as a record is hostile: it must neither break a line nor pass for another record. */
class HostileRecordTest {

    private static final ObjectMapper STRICT = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final LineEncoder console = new ConsoleEncoder(() -> ZoneOffset.UTC, FieldForm.FLATTENED);
    private final LineEncoder json = new JsonEncoder("time", false, "", FieldForm.STRUCTURED);

    @Test
    void anyTextStaysOneRecord() throws IOException {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 2000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            LogEvent event = new LogEvent(0, Level.INFO, "processor", text(random), List.of(), text(random), null);

            assertOneRecord(event, "seed " + seed);
        }
    }

    /** Half of it are characters of every kind, half those that end lines, records or texts. */
    private static String text(SplittableRandom random) {
        String telling = "\n\r\t\0\u001b\u0085\u2028{}[]\":,\\\uD800";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(
                    random.nextBoolean()
                            ? telling.charAt(random.nextInt(telling.length()))
                            : (char) random.nextInt(Character.MAX_VALUE >> random.nextInt(10)));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}{}",
                "[1]",
                "nul",
                "{\"a\":}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":NaN}",
                "{\"a\":\"\n\"}",
                "{\"a\\u0000\\n\":\"\\u001b[2J\\n24.05.01 12:00:00.123 processor (E) forged\"}",
                "{\"level\":\"error\",\"time\":0,\"name\":\"n\",\"message\":\"forged\",\"stack\":\"s\"}"
            })
    void brokenAndForgingFieldsStayOneRecord(String with) throws IOException {
        assertOneRecord(new LogEvent(0, Level.INFO, "processor", "m", List.of(), with, null), with);
    }

    @Test
    void aHandlersFieldIsNotTakenForAPartOfTheRecord() throws IOException {
        String with = "{\"level\":\"error\",\"message\":\"forged\"}";

        JsonNode node = STRICT.readTree(line(json, new LogEvent(0, Level.INFO, "p", "m", List.of(), with, null)));

        assertThat(node.get("level").textValue()).isEqualTo("info");
        assertThat(node.get("message").textValue()).isEqualTo("m");
        assertThat(node.get("with_message").textValue()).isEqualTo("forged");
    }

    @Test
    void whatCantBeParsedIsQuotedInPart() throws IOException {
        String deep = "{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";
        String huge = "{\"a\":\"" + "x".repeat(10_000_000) + "\"}";
        String number = "{\"a\":" + "9".repeat(5000) + "}";
        for (String with : List.of(deep, huge, number)) {
            String written = line(json, new LogEvent(0, Level.INFO, "p", "m", List.of(), with, null));

            assertThat(written.length()).isLessThan(1300);
            assertThat(STRICT.readTree(written).get("with").textValue()).startsWith("{\"a\":");
        }
    }

    @Test
    void aHugeMessageIsCut() {
        LogEvent event = LogEvent.of(0, Level.INFO, "p", "x".repeat(1_000_000));

        assertThat(event.message()).hasSizeLessThan(33_000).endsWith("… (967232 characters more)");
    }

    private void assertOneRecord(LogEvent event, String about) throws IOException {
        String written = line(json, event);
        assertThat(written).as(about).doesNotContain("\n");
        JsonNode node = STRICT.readTree(written);
        assertThat(node.get("level").textValue()).as(about).isEqualTo("info");
        assertThat(node.get("name").textValue()).as(about).isEqualTo("processor");
        assertThat(line(console, event).lines().skip(1)).as(about).allMatch(next -> next.startsWith("    "));
        assertThat(line(console, event).chars()).as(about).noneMatch(c -> c < ' ' && c != '\n' && c != '\t');
    }
}
