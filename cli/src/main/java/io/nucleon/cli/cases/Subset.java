package io.nucleon.cli.cases;

import io.nucleon.host.JsonTree;
import io.nucleon.spec.yaml.ListNode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.Position;
import io.nucleon.spec.yaml.ScalarNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Whether a value is what a file expects: a mapping may have more members, a list must be as long, a text that begins with {@code ~} is a
 * regular expression for the whole value, numbers are compared as numbers. Stateless.
 */
final class Subset {
    private Subset() {}

    /** Adds what differs, each with its path: {@code $.items[0].price}. */
    static void compare(String path, Node expected, Object seen, List<Mismatch> mismatches) {
        switch (expected) {
            case MapNode map
            when seen instanceof Map<?, ?> members -> {
                for (MapNode.Entry entry : map.entries()) {
                    String name = path + "." + entry.key();
                    if (members.containsKey(entry.key()) || entry.value().isNull()) {
                        compare(name, entry.value(), members.get(entry.key()), mismatches);
                    } else {
                        mismatches.add(new Mismatch(entry.position(), name + " expected, not there"));
                    }
                }
            }
            case ListNode list
            when seen instanceof List<?> items -> {
                if (items.size() != list.items().size()) {
                    mismatches.add(Mismatch.of(
                            list.position(), path + ".length", "" + list.items().size(), "" + items.size()));
                } else {
                    for (int i = 0; i < items.size(); i++) {
                        compare(path + "[" + i + "]", list.items().get(i), items.get(i), mismatches);
                    }
                }
            }
            default -> {
                if (!isLike(expected, seen)) {
                    Mismatch differs = Mismatch.of(
                            expected.position(), path, JsonTree.text(expected.plain()), JsonTree.text(seen));
                    mismatches.add(expected instanceof ScalarNode scalar ? differs.instead(scalar, seen) : differs);
                }
            }
        }
    }

    /** A single value. */
    private static boolean isLike(Node expected, Object seen) {
        if (!(expected instanceof ScalarNode scalar)) {
            return false;
        }
        return switch (scalar.plain()) {
            case null -> seen == null;
            case Boolean truth -> truth.equals(seen);
            case Number number ->
                seen instanceof Number other
                        && new BigDecimal(number.toString()).compareTo(new BigDecimal(other.toString())) == 0;
            case String text
            when text.startsWith("~") && seen != null ->
                pattern(text, scalar.position()).matcher(String.valueOf(seen)).matches();
            case String text -> text.equals(seen);
            default -> false;
        };
    }

    /** The expression behind the {@code ~}. */
    static Pattern pattern(String text, Position position) {
        try {
            return Pattern.compile(text.substring(1), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw TestFile.invalid(position, "is no regular expression", e.getDescription(), "");
        }
    }
}
