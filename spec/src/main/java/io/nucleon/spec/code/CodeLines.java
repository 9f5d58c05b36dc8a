package io.nucleon.spec.code;

import io.nucleon.spec.RuntimeName;
import java.util.ArrayList;
import java.util.List;

/** A source's lines without its comments and without strings over several lines: those are left as empty lines. */
final class CodeLines {
    /** Signatures and lists of exports are no longer; bounds the work on hostile text. */
    private static final int MOST_LINES = 50;

    private static final int LONGEST = 4000;

    private CodeLines() {}

    static List<String> of(String source, RuntimeName runtime) {
        boolean hash = runtime.commentMarker().equals("#");
        List<String> openings = hash ? List.of("\"\"\"", "'''") : List.of("/*");
        var lines = new ArrayList<String>();
        String closing = "";
        for (String line : source.lines().toList()) {
            if (!closing.isEmpty()) {
                closing = line.contains(closing) ? "" : closing;
                lines.add("");
                continue;
            }
            String code = line.strip().startsWith(runtime.commentMarker()) ? "" : line;
            for (String opening : openings) {
                int at = code.indexOf(opening);
                String end = hash ? opening : "*/";
                if (at >= 0 && code.indexOf(end, at + opening.length()) < 0) {
                    closing = end;
                    code = code.substring(0, at);
                }
            }
            lines.add(code);
        }
        return lines;
    }

    /** How many parameters a Python signature has that begins in this line behind its bracket; those with defaults don't count. */
    static int parameters(String rest, List<String> lines, int index) {
        String text = until(')', rest, lines, index + 1);
        int count = 0;
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            depth += c == '[' || c == '(' || c == '{' ? 1 : c == ']' || c == ')' || c == '}' ? -1 : 0;
            if (c == ',' && depth <= 0) {
                String parameter = text.substring(start, i).strip();
                boolean counts = !parameter.isEmpty() && !parameter.startsWith("*") && !parameter.contains("=");
                count += counts && !parameter.equals("/") ? 1 : 0;
                start = i + 1;
            }
        }
        return count;
    }

    /** The text up to a closing character, in this and the following lines; cut off where no signature goes on any more. */
    static String until(char closing, String rest, List<String> lines, int next) {
        var text = new StringBuilder(rest);
        int i = next;
        while (i < lines.size()
                && i < next + MOST_LINES
                && text.length() < LONGEST
                && text.indexOf(String.valueOf(closing)) < 0) {
            text.append(' ').append(lines.get(i++).strip());
        }
        int end = text.indexOf(String.valueOf(closing));
        return text.substring(0, Math.min(end < 0 ? text.length() : end, LONGEST));
    }
}
