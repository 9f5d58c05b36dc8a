package io.nucleon.runtime.process;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Of an interpreter; ordered by its first two numbers.
 *
 * @param text as the interpreter says it, without a leading {@code v}
 */
record Version(String text, int major, int minor) {

    private static final Pattern FORM = Pattern.compile("v?((\\d{1,6})(?!\\d)(?:\\.(\\d{1,6})(?!\\d))?[\\w.+-]*)");

    /** The version that a line begins with ({@code 3.13.5}, {@code v22.9.0}, {@code 8}). */
    static Optional<Version> parse(String line) {
        Matcher matcher = FORM.matcher(line.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String minor = matcher.group(3);
        return Optional.of(new Version(
                matcher.group(1), Integer.parseInt(matcher.group(2)), minor == null ? 0 : Integer.parseInt(minor)));
    }

    boolean isAtLeast(Version other) {
        return major > other.major || (major == other.major && minor >= other.minor);
    }
}
