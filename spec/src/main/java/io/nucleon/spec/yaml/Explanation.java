package io.nucleon.spec.yaml;

import java.util.Locale;

/**
 * The parser's complaint in a user's words.
 *
 * @param note a few words for beside the caret; may be empty
 */
record Explanation(String note, String why, String fix) {
    /**
     * Explains a complaint.
     *
     * @param problem the parser's words
     * @param line the source line it points at
     * @param column counted from 1
     */
    static Explanation of(String problem, String line, int column) {
        String words = problem.toLowerCase(Locale.ROOT);
        if (words.contains("mapping values are not allowed")) {
            return secondColon(line, column);
        }
        if (words.contains("\\t") || words.contains("tab")) {
            return new Explanation("a tab", "a tab stands where YAML wants spaces", "replace the tab by spaces");
        }
        if (words.contains("could not find expected ':'")) {
            return new Explanation("", "the line has no ':' between key and value", "write it as 'key: value'");
        }
        if (words.contains("end of stream")) {
            return new Explanation("", "a quote or bracket is never closed", "close it, or put it in quotes");
        }
        if (words.contains("expected ',' or '")) {
            return new Explanation("", "a '[' or '{' is not closed before this place", "close it, or add a ','");
        }
        if (words.contains("expected <block end>")) {
            return new Explanation("", "the line is indented differently from its neighbours", "line it up with them");
        }
        if (words.contains("cannot start any token")) {
            return new Explanation("", "no value may start with this character", "put the value in quotes");
        }
        if (words.contains("escape")) {
            return new Explanation(
                    "", "the text holds an unknown escape", "write '\\\\' for a backslash, or use single quotes");
        }
        return new Explanation("", words, "check quotes, indentation and ':' near this place");
    }

    private static Explanation secondColon(String line, int column) {
        String before = line.substring(0, Math.min(Math.max(column - 1, 0), line.length()));
        String key = before.substring(before.lastIndexOf(' ') + 1);
        boolean second = before.contains(":");
        String fix = key.isEmpty() || !second
                ? "check the indentation of this line and of the one before"
                : "put '" + key + ":' on its own line, two spaces deeper";
        return new Explanation(
                second ? "a second ':' on one line" : "", "a mapping value starts where none is allowed", fix);
    }
}
