package io.nucleon.spec.yaml;

import io.nucleon.error.Place;
import java.util.Locale;

/** The source line of a problem with a caret below it. */
final class Excerpt {
    /** Wider lines would wrap on a terminal and part the caret from its place. */
    private static final int WIDEST = 120;

    private static final String[] SECRET = {"password", "secret", "key", "token", "credential", "authorization"};

    private Excerpt() {}

    /** The place with its source line and a note beside the caret; without the line when it is too long or may hold a secret. */
    static Place of(String text, Position position, String note) {
        String line = line(text, position.line());
        return line.length() > WIDEST || maybeSecret(line)
                ? position.place()
                : new Place(position.file(), position.line(), position.column(), line, note);
    }

    /** A line of a text, counted from 1, without its end; empty when there is none. */
    static String line(String text, int number) {
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
