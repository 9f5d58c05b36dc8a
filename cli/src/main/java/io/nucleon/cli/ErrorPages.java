package io.nucleon.cli;

import io.nucleon.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The pages of {@code docs/errors.md}, packed with the command. Immutable. */
final class ErrorPages {
    private final String text;

    private ErrorPages(String text) {
        this.text = text;
    }

    static ErrorPages packed() {
        try (InputStream file = ErrorPages.class.getResourceAsStream("errors.md")) {
            return new ErrorPages(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page of a code without its heading: markdown. */
    Optional<String> page(ErrorCode code) {
        String heading = "\n## " + code.code() + " ";
        int start = text.indexOf(heading);
        if (start < 0) {
            return Optional.empty();
        }
        int body = text.indexOf('\n', start + 1) + 1;
        int end = text.indexOf("\n## ", body);
        return Optional.of(text.substring(body, end < 0 ? text.length() : end).strip());
    }

    /** What to do first, as the page says. */
    String firstFix(ErrorCode code) {
        List<String> lines = page(code).stream().flatMap(String::lines).toList();
        return lines.stream()
                .filter(line -> line.startsWith("- "))
                .findFirst()
                .map(line -> line.substring(2).replace("`", ""))
                .orElse("");
    }
}
