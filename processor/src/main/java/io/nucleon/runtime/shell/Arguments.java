package io.nucleon.runtime.shell;

import java.util.ArrayList;
import java.util.List;

/** Takes a text of arguments apart, without a shell. Stateless. */
final class Arguments {

    private Arguments() {}

    /** As nuclio does for scripts: at each single blank. The empty text is one empty argument. */
    static List<String> atBlanks(String text) {
        return List.of(text.split(" ", -1));
    }

    /**
     * As a shell takes words apart, and nothing else of what a shell does: quotes and backslashes keep blanks together; variables,
     * patterns, pipes and semicolons are text. A quote without an end reaches to the end.
     */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < text.length() && escapes(text.charAt(i + 1), quote)) {
                word.append(text.charAt(++i));
                begun = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (c == ' ' || c == '\t' || c == '\n') {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    /** Within double quotes a backslash stands for itself but before these. */
    private static boolean escapes(char next, char quote) {
        return quote == 0 || "\"\\$`".indexOf(next) >= 0;
    }
}
