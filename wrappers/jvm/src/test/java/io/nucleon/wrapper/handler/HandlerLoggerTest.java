package io.nucleon.wrapper.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerLoggerTest {

    private final List<String> lines = new ArrayList<>();
    private final HandlerLogger logger =
            new HandlerLogger(3, (level, message, with) -> lines.add(level + " " + message + " " + with));

    @Test
    void logsEachLevelWithTheWorker() {
        logger.debug("d %d", 1);
        logger.info("i");
        logger.warn("w %s", "x");
        logger.error("e %s", (Object) null);

        assertThat(lines)
                .containsExactly(
                        "0 d 1 {\"worker_id\":\"3\"}",
                        "1 i {\"worker_id\":\"3\"}",
                        "2 w x {\"worker_id\":\"3\"}",
                        "3 e null {\"worker_id\":\"3\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100% done", "%d of two"})
    void logsAFormatThatDoesNotFitAsItIs(String format) {
        logger.info(format, "text");

        assertThat(lines).containsExactly("1 " + format + " {\"worker_id\":\"3\"}");
    }

    @Test
    void writesPairsAsJson() {
        logger.debugWith("d", "a", 1);
        logger.infoWith("i", "text", "a \"b\" \\ \n\u0001", "n", 1.5, "l", 5L, "yes", true, "none", null);
        logger.warnWith("w", "list", List.of(1, "x"), "map", Map.of("k", 2), "array", new int[] {1, 2});
        logger.errorWith("e", "nan", Double.NaN, "inf", Float.NEGATIVE_INFINITY, 7, "key is no text");

        assertThat(lines)
                .containsExactly(
                        "0 d {\"a\":1,\"worker_id\":\"3\"}",
                        "1 i {\"text\":\"a \\\"b\\\" \\\\ \\n\\u0001\",\"n\":1.5,\"l\":5,\"yes\":true,\"none\":null,"
                                + "\"worker_id\":\"3\"}",
                        "2 w {\"list\":[1,\"x\"],\"map\":{\"k\":2},\"array\":[1,2],\"worker_id\":\"3\"}",
                        "3 e {\"nan\":\"NaN\",\"inf\":\"-Infinity\",\"7\":\"key is no text\",\"worker_id\":\"3\"}");
    }

    @Test
    void keepsItsOwnWorkerId() {
        logger.infoWith("i", "worker_id", 99, "a", 1);

        assertThat(lines).containsExactly("1 i {\"a\":1,\"worker_id\":\"3\"}");
    }

    @Test
    void logsWithoutFieldsWhenTheyAreNoPairs() {
        logger.infoWith("i", "a");

        assertThat(lines).containsExactly("1 i {\"worker_id\":\"3\"}");
    }

    @Test
    void survivesValuesThatThrowOrHoldThemselves() {
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException();
            }
        };
        Map<String, Object> circle = new HashMap<>();
        circle.put("self", List.of(circle));

        logger.infoWith("i", "hostile", hostile);
        logger.infoWith("circle", "c", circle);

        assertThat(lines.get(0)).contains("can't be shown: java.lang.IllegalStateException");
        assertThat(lines).hasSize(2);
    }
}
