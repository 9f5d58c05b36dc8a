package io.nucleon.program;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Of a program; ordered by its first two numbers.
 *
 * @param text as the program says it, without a leading {@code v}
 */
public record Version(String text, int major, int minor) {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MOST_OUTPUT = 16 * 1024;
    private static final Pattern FORM = Pattern.compile("v?((\\d{1,6})(?!\\d)(?:\\.(\\d{1,6})(?!\\d))?[\\w.+-]*)");

    /** The version that a line begins with ({@code 3.13.5}, {@code v22.9.0}, {@code 8}). */
    public static Optional<Version> parse(String line) {
        Matcher matcher = FORM.matcher(line.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String minor = matcher.group(3);
        return Optional.of(new Version(
                matcher.group(1), Integer.parseInt(matcher.group(2)), minor == null ? 0 : Integer.parseInt(minor)));
    }

    /**
     * What a program prints of its version when run with those arguments; empty if it doesn't run, or says none. Waits for it.
     *
     * @param pattern finds versions in its output, of which the newest counts; null = the output is the version
     */
    public static Optional<Version> of(Path program, List<String> arguments, Pattern pattern) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        try {
            Programs.Answer answer = Programs.run(command, false, LIMIT, MOST_OUTPUT);
            return answer.exit() == 0 ? in(answer.text(), pattern) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Version> in(String text, Pattern pattern) {
        if (pattern == null) {
            return parse(text);
        }
        return pattern.matcher(text)
                .results()
                .flatMap(found -> parse(found.group(1)).stream())
                .reduce((one, other) -> one.isAtLeast(other) && !other.isAtLeast(one) ? one : other);
    }

    public boolean isAtLeast(Version other) {
        return major > other.major || (major == other.major && minor >= other.minor);
    }
}
