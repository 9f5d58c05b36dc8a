package io.nucleon.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorPagesTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Map<String, String> PAGES = pages();

    @Test
    void hasAPageForEachCodeAndACodeForEachPage() {
        List<String> headings = Arrays.stream(ErrorCode.values())
                .map(c -> c.code() + " " + c.title())
                .toList();

        assertThat(PAGES.keySet()).containsExactlyElementsOf(headings);
    }

    @Test
    void usesNoNumberTwice() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::code)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void saysExitAndStatusOfTheTable(ErrorCode code) {
        String status = code.httpStatus() == 0 ? "–" : String.valueOf(code.httpStatus());

        assertThat(page(code).lines().toList()).contains("exit " + code.exit() + " · HTTP " + status);
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void givesCauseAndOneToThreeFixes(ErrorCode code) {
        List<String> lines = page(code).lines().toList();

        assertThat(lines.get(3)).as("cause").matches("[\\p{Upper}/`].*");
        assertThat(lines.stream().filter(line -> line.startsWith("- ")))
                .as("fixes")
                .hasSizeBetween(1, 3);
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void showsTheExampleAsItIsPrinted(ErrorCode code) {
        String example = page(code).replaceFirst("(?s).*?```text\n(.*?)```.*", "$1");

        assertThat(MessageText.terminal(Samples.of(code), Look.PLAIN)).isEqualTo(example);
    }

    private static String page(ErrorCode code) {
        return PAGES.getOrDefault(code.code() + " " + code.title(), "");
    }

    private static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        try {
            String[] sections = Files.readString(TOP.resolve("docs/errors.md")).split("\n## ", -1);
            for (String section : Arrays.asList(sections).subList(1, sections.length)) {
                int end = section.indexOf('\n');
                pages.put(section.substring(0, end), section.substring(end + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }
}
