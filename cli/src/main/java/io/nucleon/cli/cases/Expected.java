package io.nucleon.cli.cases;

import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import io.nucleon.spec.yaml.ListNode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.Position;
import io.nucleon.spec.yaml.ScalarNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an answer must be. Immutable. Whatever is not expected may be anything, but that a status of 400 or more must be.
 *
 * @param position of all of it
 * @param status 0 for any below 400
 * @param headers by name; null: it must not be there
 * @param body a text, or a mapping or list of which the body's JSON must have all
 * @param logs each must be in one of the event's records: a text in its message, or a mapping of its members
 * @param within most time in queue, handler and transport together
 */
public record Expected(
        Position position,
        int status,
        Position statusPosition,
        MapNode headers,
        Optional<Node> body,
        List<Node> logs,
        Optional<Duration> within,
        Position withinPosition) {

    private static final int FIRST_BAD = 400;

    public Expected {
        logs = List.copyOf(logs);
    }

    /** In which ways an answer is not that; empty if in none. */
    public List<Mismatch> compare(Seen seen) {
        List<Mismatch> mismatches = new ArrayList<>();
        status(seen, mismatches);
        headers.entries().forEach(entry -> header(entry, seen, mismatches));
        body.ifPresent(node -> body(node, seen, mismatches));
        logs(seen, mismatches);
        within.filter(limit -> seen.millis() > limit.toNanos() / 1e6)
                .ifPresent(limit -> mismatches.add(Mismatch.of(
                        withinPosition,
                        "time",
                        "at most " + limit.toMillis() + " ms",
                        String.format(Locale.ROOT, "%.1f ms", seen.millis()))));
        return mismatches;
    }

    private void status(Seen seen, List<Mismatch> mismatches) {
        if (status == 0 && seen.status() >= FIRST_BAD) {
            mismatches.add(Mismatch.of(position, "status", "below 400", seen.status() + brief(seen)));
        } else if (status != 0 && status != seen.status()) {
            mismatches.add(Mismatch.of(statusPosition, "status", "" + status, seen.status() + brief(seen))
                    .instead(new ScalarNode("" + status, false, statusPosition), BigDecimal.valueOf(seen.status())));
        }
    }

    /** What the answer says of a failure: the first line. */
    private static String brief(Seen seen) {
        String first = seen.text().lines().findFirst().orElse("").strip();
        return seen.status() < FIRST_BAD || first.isEmpty() ? "" : " (" + first + ")";
    }

    private static void header(MapNode.Entry entry, Seen seen, List<Mismatch> mismatches) {
        List<String> values = seen.header(entry.key());
        String what = "header " + entry.key();
        if (entry.value().isNull()) {
            if (!values.isEmpty()) {
                mismatches.add(Mismatch.of(entry.position(), what, "none", JsonTree.text(values)));
            }
            return;
        }
        String wanted = text(entry.value());
        boolean found = wanted.startsWith("~")
                ? values.stream()
                        .anyMatch(value -> Subset.pattern(wanted, entry.position())
                                .matcher(value)
                                .matches())
                : values.contains(wanted);
        if (!found) {
            String got = values.isEmpty() ? "none" : JsonTree.text(values.size() == 1 ? values.getFirst() : values);
            Mismatch differs = Mismatch.of(entry.position(), what, JsonTree.text(wanted), got);
            mismatches.add(
                    entry.value() instanceof ScalarNode scalar
                            ? differs.instead(scalar, values.isEmpty() ? null : values.getFirst())
                            : differs);
        }
    }

    private static void body(Node expected, Seen seen, List<Mismatch> mismatches) {
        if (expected instanceof ScalarNode scalar) {
            String wanted = text(scalar);
            String got = seen.text();
            boolean like = wanted.startsWith("~")
                    ? Subset.pattern(wanted, scalar.position()).matcher(got).matches()
                    : wanted.equals(got);
            if (!like) {
                mismatches.add(Mismatch.of(scalar.position(), "body", JsonTree.text(wanted), JsonTree.text(got))
                        .instead(scalar, got));
            }
            return;
        }
        Optional<Object> json = json(seen.text());
        if (json.isEmpty()) {
            mismatches.add(Mismatch.of(expected.position(), "body", "JSON", JsonTree.text(seen.text())));
        } else {
            Subset.compare("$", expected, json.get(), mismatches);
        }
    }

    private static Optional<Object> json(String text) {
        Optional<Map<String, Object>> object = JsonReader.object(text);
        return object.isPresent()
                ? Optional.of(object.get())
                : JsonReader.array(text).map(list -> list);
    }

    private void logs(Seen seen, List<Mismatch> mismatches) {
        List<Object> records = JsonReader.array(seen.logs()).orElse(List.of());
        for (Node log : logs) {
            if (records.stream().noneMatch(record -> isLike(log, record))) {
                mismatches.add(Mismatch.of(
                        log.position(),
                        "a log record",
                        log instanceof ScalarNode scalar ? JsonTree.text(text(scalar)) : JsonTree.text(log.plain()),
                        records.isEmpty() ? "none" : messages(records)));
            }
        }
    }

    private static boolean isLike(Node log, Object record) {
        if (log instanceof ScalarNode scalar) {
            String message = JsonReader.asObject(record)
                    .map(one -> JsonReader.text(one, "message"))
                    .orElse("");
            String wanted = text(scalar);
            return wanted.startsWith("~")
                    ? Subset.pattern(wanted, scalar.position()).matcher(message).matches()
                    : message.contains(wanted);
        }
        List<Mismatch> differences = new ArrayList<>();
        Subset.compare("", log, record, differences);
        return differences.isEmpty() && !(log instanceof ListNode);
    }

    private static String messages(List<Object> records) {
        return JsonTree.text(records.stream()
                .map(record -> JsonReader.asObject(record)
                        .map(one -> JsonReader.text(one, "message"))
                        .orElse(""))
                .toList());
    }

    /** A value as it is written: header and body are texts, whatever they look like. */
    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.text() : JsonTree.text(node.plain());
    }
}
