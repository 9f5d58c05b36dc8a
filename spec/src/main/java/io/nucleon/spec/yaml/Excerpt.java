package io.nucleon.spec.yaml;

import java.util.Locale;

/** The source line of a problem with a caret below it. */
public final class Excerpt {
    /** Wider lines would wrap on a terminal and part the caret from its place. */
    private static final int WIDEST = 120;

    private static final String[] SECRET = {"password", "secret", "key", "token", "credential", "authorization"};

    private Excerpt() {}

    /**
     * Two lines: the source line behind its number and a caret with a note. Empty when there is no such line, or when it may hold
     * a secret.
     */
    public static String of(String text, Position position, String note) {
        String line = line(text, position.line());
        if (line.isBlank() || line.length() > WIDEST || position.column() < 1 || maybeSecret(line)) {
            return "";
        }
        String number =
                " ".repeat(Math.max(0, 12 - String.valueOf(position.line()).length())) + position.line();
        String caret = " ".repeat(position.column() - 1) + "^" + (note.isEmpty() ? "" : " " + note);
        return number + " | " + line.replace('\t', ' ') + "\n" + " ".repeat(number.length()) + " | " + caret;
    }

    /** A line of a text, counted from 1, without its end; empty when there is none. */
    public static String line(String text, int number) {
        int start = 0;
        for (int i = 1; i < number; i++) {
            start = text.indexOf('\n', start) + 1;
            if (start == 0) {
                return "";
            }
        }
        int end = text.indexOf('\n', start);
        return text.substring(start, end < 0 ? text.length() : end).stripTrailing();
    }

    private static boolean maybeSecret(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        for (String word : SECRET) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
