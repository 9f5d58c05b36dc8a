package io.nucleon.cli;

import io.nucleon.error.Look;
import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import io.nucleon.journal.RecordedAnswer;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What differs between a recorded answer and a new one: outcome, status, content type, and the body, of JSON each value by its path. Headers
 * are not compared: most of them are new with each answer. Confined to one comparison.
 */
final class AnswerDiff {

    private static final String GAP = "   ";
    private static final String ARROW = " -> ";
    private static final int MOST_TEXT = 40;
    /** More than that says no more. */
    private static final int MOST_LINES = 20;

    private final Set<String> ignored;
    private final List<String> lines = new ArrayList<>();

    private AnswerDiff(List<String> ignored) {
        this.ignored = Set.copyOf(ignored);
    }

    /**
     * The differences, a line each: {@code $.total   "12.50" -> 12.5}; none if they are the same.
     *
     * @param ignored paths whose values may differ, with all below them; {@code status}, {@code contentType}, {@code body}
     */
    static List<String> of(RecordedAnswer before, RecordedAnswer now, List<String> ignored) {
        AnswerDiff diff = new AnswerDiff(ignored);
        if (before.isResponded() != now.isResponded()) {
            diff.add("", outcome(before), outcome(now));
            return diff.lines;
        }
        if (!before.isResponded()) {
            diff.compare("error", brief(before), brief(now));
            return diff.lines;
        }
        diff.compare("status", String.valueOf(before.status()), String.valueOf(now.status()));
        diff.compare("contentType", before.contentType(), now.contentType());
        if (!before.body().equals(now.body())) {
            diff.bodies(text(before.body()), text(now.body()));
        }
        return diff.lines;
    }

    /** The path of what differs in one of those lines; empty if all of the answer does. */
    static String path(String line) {
        int end = line.indexOf(GAP);
        return end < 0 || end > line.indexOf(ARROW) ? "" : line.substring(0, end);
    }

    private static String outcome(RecordedAnswer answer) {
        return answer.isResponded() ? String.valueOf(answer.status()) : brief(answer);
    }

    private static String brief(RecordedAnswer answer) {
        return answer.reason().isEmpty() ? answer.outcome() : answer.reason();
    }

    /** Null if it is no text. */
    private static String text(ByteBuffer body) {
        return Utf8.text(body).orElse(null);
    }

    private void compare(String path, String before, String now) {
        if (!before.equals(now)) {
            add(path, before, now);
        }
    }

    private void bodies(String before, String now) {
        if (before == null || now == null) {
            String was = before == null ? "bytes" : quoted(before);
            add("body", was, now == null ? "other bytes" : quoted(now));
        } else if (JsonReader.isJson(before) && JsonReader.isJson(now)) {
            trees("$", JsonTree.value(before), JsonTree.value(now));
        } else {
            add("body", quoted(before), quoted(now));
        }
    }

    private void trees(String path, Object before, Object now) {
        if (isIgnored(path) || isSame(before, now)) {
            return;
        }
        if (before instanceof Map<?, ?> left && now instanceof Map<?, ?> right) {
            Set<Object> names = new LinkedHashSet<>(left.keySet());
            names.addAll(right.keySet());
            for (Object name : names) {
                String below = path + "." + name;
                if (!left.containsKey(name)) {
                    add(below, "nothing", value(right.get(name)));
                } else if (!right.containsKey(name)) {
                    add(below, value(left.get(name)), "nothing");
                } else {
                    trees(below, left.get(name), right.get(name));
                }
            }
        } else if (before instanceof List<?> left && now instanceof List<?> right && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                trees(path + "." + i, left.get(i), right.get(i));
            }
        } else {
            add(path, value(before), value(now));
        }
    }

    /** 12.5 and 12.50 are one number. */
    private static boolean isSame(Object before, Object now) {
        if (before instanceof BigDecimal left && now instanceof BigDecimal right) {
            return left.compareTo(right) == 0;
        }
        return Objects.equals(before, now);
    }

    private static String value(Object tree) {
        return cut(JsonTree.text(tree));
    }

    private static String quoted(String text) {
        return cut(JsonTree.text(text));
    }

    private static String cut(String text) {
        return text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "…" : text;
    }

    /** With all that is below it. */
    private boolean isIgnored(String path) {
        for (String one = path; !one.isEmpty(); one = one.contains(".") ? one.substring(0, one.lastIndexOf('.')) : "") {
            if (ignored.contains(one)) {
                return true;
            }
        }
        return false;
    }

    private void add(String path, String before, String now) {
        if (isIgnored(path) || lines.size() > MOST_LINES) {
            return;
        }
        lines.add(
                lines.size() == MOST_LINES
                        ? "…"
                        : Look.harmless((path.isEmpty() ? "" : path + GAP) + before + ARROW + now)
                                .replace('\n', ' '));
    }
}
