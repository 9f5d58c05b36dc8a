package io.nucleon.app;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of environment variables: {@code NAME=value} lines, {@code #} comments, an optional {@code export}, quotes around a value taken
 * off. Nothing is expanded.
 */
final class EnvFile {

    private EnvFile() {}

    static Map<String, String> read(Path file) {
        Map<String, String> variables = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                add(line.strip(), variables);
            }
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.CONFIG_UNREADABLE,
                            "reading the environment file " + file + " failed",
                            String.valueOf(e.getMessage()),
                            "see that it exists and is text in UTF-8")
                    .toException(e);
        }
        return variables;
    }

    private static void add(String line, Map<String, String> variables) {
        String text =
                line.startsWith("export ") ? line.substring("export ".length()).strip() : line;
        int equals = text.indexOf('=');
        if (text.startsWith("#") || equals <= 0) {
            return;
        }
        variables.put(
                text.substring(0, equals).strip(),
                unquoted(text.substring(equals + 1).strip()));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
